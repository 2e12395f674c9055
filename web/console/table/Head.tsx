import { useWords } from '../words/index.ts';
import type { Column } from './column.ts';
import type { Sort } from './filters.ts';

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort | undefined) => void;
  readonly isSortable: (column: Column<Row>) => boolean;
}

/** Titles that sort: up, down, and as they came. */
export function Head<Row>({ columns, sort, onSort, isSortable }: Props<Row>) {
  const { t } = useWords();
  const next = (key: string): Sort | undefined => {
    if (sort?.key !== key) return { key, down: false };
    return sort.down ? undefined : { key, down: true };
  };
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((it) => {
          const isSorted = sort?.key === it.key;
          return (
            <th
              key={it.key}
              scope="col"
              className={it.right || it.filter === 'number' ? 'number' : undefined}
              aria-sort={isSorted ? (sort.down ? 'descending' : 'ascending') : undefined}
            >
              <span className="head-cell">
                {!isSortable(it) ? (
                  <span>{it.title}</span>
                ) : (
                  <button
                    type="button"
                    className="sorter"
                    title={t('table.sortBy', { column: it.title })}
                    onClick={() => onSort(next(it.key))}
                  >
                    {it.title}
                    <span aria-hidden="true">{isSorted ? (sort.down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                )}
                {it.head}
              </span>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
