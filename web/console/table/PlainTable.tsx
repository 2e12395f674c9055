// A table of a few rows that needs no filters: every column has a name, and the whole has one for who cannot see it.
import type { ReactNode } from 'react';

/** The name of a column; one of numbers stands at the right. */
export type Head = string | { readonly number: ReactNode };

interface Props {
  readonly caption: string;
  readonly heads?: readonly Head[];
  readonly className?: string;
  /** Bodies and feet. */
  readonly children: ReactNode;
}

export const PlainTable = ({ caption, heads = [], className = '', children }: Props) => (
  <table className={`plain-table ${className}`.trim()}>
    <caption className="hidden">{caption}</caption>
    {heads.length > 0 && (
      <thead>
        <tr>
          {heads.map((it, index) => {
            const isNumber = typeof it !== 'string';
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns neither come nor go
              <th key={index} scope="col" className={isNumber ? 'number' : undefined}>
                {isNumber ? it.number : it}
              </th>
            );
          })}
        </tr>
      </thead>
    )}
    {children}
  </table>
);
