import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** At the end of the line of the heading. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with its heading. */
export function Panel({ title, end, children }: Props) {
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {end}
      </div>
      {children}
    </section>
  );
}
