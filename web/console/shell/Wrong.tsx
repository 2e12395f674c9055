import type { ReactNode } from 'react';

/** Why it did not go, said to a screen reader at once; nothing where there is nothing to say. */
export const Wrong = ({ children }: { children: ReactNode }) =>
  children ? (
    <p className="wrong" role="alert">
      {children}
    </p>
  ) : null;
