import { useState } from 'react';

/** What is typed into a form goes into its draft, from where it is read when it is confirmed. @returns puts part of it, and shows it */
export function useDraft<D extends object>(draft: D): (part: Partial<D>) => void {
  const [, setTurn] = useState(0);
  return (part) => {
    Object.assign(draft, part);
    setTurn((it) => it + 1);
  };
}
