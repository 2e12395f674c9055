import type { ReactNode } from 'react';

interface Props {
  /** The one h1 of the page. */
  readonly title: ReactNode;
  /** A line below it: what this is, or how old. */
  readonly note?: ReactNode;
  /** Buttons at the end of the line. */
  readonly actions?: ReactNode;
}

/** The head of every page. */
export function PageHead({ title, note, actions }: Props) {
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {note && <p className="quiet">{note}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </div>
  );
}
