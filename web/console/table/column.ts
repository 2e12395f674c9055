// What a table knows of its columns.
import type { ReactNode } from 'react';

export type Plain = string | number | boolean | null | undefined;
export type FilterKind = 'text' | 'number' | 'choice' | 'instant' | 'yes-no';

export interface Column<Row> {
  /** Its name in the address, in saved views and for the server. */
  readonly key: string;
  readonly title: string;
  /** What is sorted, filtered and searched; shown as it is unless `show` says otherwise. Instants as ISO text. */
  readonly value: (row: Row) => Plain;
  readonly show?: (row: Row) => ReactNode;
  /** Beside the title: `<HowComputed>`. */
  readonly head?: ReactNode;
  /** Only a filter: it has no place among the columns that are shown. */
  readonly hidden?: true;
  /** In px: how wide at least; the rest is shared out. */
  readonly width?: number;
  /** Numbers stand at the right by themselves; this is for texts that should too. */
  readonly right?: true;
  /** Offered as a filter; in a `<PagedTable>` the server must know it, and a `choice` is of one value. */
  readonly filter?: FilterKind;
  /** Of a `choice`: the words for its values. Without it, the values that occur. */
  readonly choices?: Readonly<Record<string, string>>;
  /** `false`: not sorted by. In a `<PagedTable>` only columns with `true` are: those the server sorts by. */
  readonly sort?: boolean;
}
