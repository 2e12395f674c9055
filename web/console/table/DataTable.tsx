// A table of any length: filters as chips that must all hold, views that can be kept and passed on, rows drawn only
// while in sight, arrow keys from row to row.

import { type ReactNode, useDeferredValue, useMemo } from 'react';
import type { ExportTable } from '#insight/api';
import type { CallFailed } from '../../shared/client.ts';
import { Failure } from '../shell/Failure.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { useWords } from '../words/index.ts';
import type { Column } from './column.ts';
import { type Query, shownQuery } from './download.ts';
import { type Asked, chosen, possible } from './filters.ts';
import { Grid } from './Grid.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useAsked } from './useAsked.ts';

export interface DataTableProps<Row> {
  /** Under which its views are kept. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** All rows; undefined until they came. For lists that the server pages and filters see `<PagedTable>`. */
  readonly rows: readonly Row[] | undefined;
  readonly error?: CallFailed | undefined;
  readonly again?: () => void;
  /** When the rows were so: an instant of the server's; or when they came, by the browser's clock in ms. */
  readonly at?: string | undefined;
  readonly came?: number | undefined;
  /** Where a row leads, below /console: by Enter and by a click. */
  readonly href?: (row: Row) => string;
  /** What Enter and a click do instead, when a row leads nowhere. */
  readonly onOpen?: (row: Row) => void;
  /** The table of GET /v1/exports/:table: the file holds what the filters leave. */
  readonly exportAs?: ExportTable;
  /** Of what the file is: the parts of its query that are no filters. */
  readonly exportQuery?: Query;
  /** The filters as the file's list takes them, when it knows all of them; else the rows are named, 200 at the most. */
  readonly exportFilters?: (asked: Asked) => Query;
  /** By what that list names the rows that a row stands for: by `rowKey` when absent. */
  readonly exportIds?: (row: Row) => readonly string[];
  /** Two tables on one page: what its part of the address begins with. */
  readonly prefix?: string;
  /** What to say when there is nothing at all, and what to do then. */
  readonly empty?: ReactNode;
  /** Whether there is a field for words; there is. A list of the server's may know none. */
  readonly canSearch?: boolean;
  /** Buttons in the toolbar. */
  readonly actions?: ReactNode;
  /** As high as its rows, up to this many px; fills the page when absent. */
  readonly maxHeight?: number;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, error, again, prefix = '', empty, canSearch = true } = props;
  const { t } = useWords();
  const [inAddress, ask] = useAsked(columns, prefix);
  const asked = useMemo(() => possible(inAddress, { canSearch, isSortable: () => true }), [inAddress, canSearch]);
  const late = useDeferredValue(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns are new objects at each rendering, their words aside the same
  const shown = useMemo(() => rows && chosen(rows, columns, late), [rows, late]);
  const exported = (): Query | undefined => {
    const { exportQuery, exportFilters: filters, exportIds: idsOf = (it) => [props.rowKey(it)] } = props;
    const query = shownQuery({ rows: rows ?? [], shown: shown ?? [], asked: late, idsOf, filters });
    return query && { ...query, ...exportQuery };
  };
  return (
    <section className={`table-box${props.maxHeight ? '' : ' fills'}`} aria-label={props.label}>
      <Toolbar {...props} asked={asked} ask={ask} shown={shown?.length} all={rows?.length} exported={exported} />
      {error && !rows ? (
        <Failure error={error} {...(again && { again })} />
      ) : !shown ? (
        <Waiting />
      ) : (
        <Grid
          {...props}
          rows={shown}
          total={shown.length}
          sort={asked.sort}
          onSort={(sort) => ask({ ...asked, sort })}
          isSortable={(it) => it.sort !== false}
        >
          {rows?.length === 0 ? (empty ?? t('table.empty')) : t('table.noMatch')}
        </Grid>
      )}
    </section>
  );
}
