// The rows themselves: only those in sight exist, the keyboard reaches all.
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormats, useWords } from '../words/index.ts';
import type { Column } from './column.ts';
import type { Sort } from './filters.ts';
import { Head } from './Head.tsx';

const ROW_PX = 34;
const HEAD_PX = 34;

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** How many there are in all; more than `rows` while the rest is on its way; -1 when nobody knows. */
  readonly total: number;
  readonly rowKey: (row: Row) => string;
  readonly href?: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** The place of the row that is chosen, here or elsewhere: it is marked, and brought in sight. */
  readonly chosen?: number | undefined;
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort | undefined) => void;
  readonly isSortable: (column: Column<Row>) => boolean;
  readonly maxHeight?: number;
  /** The last row came in sight. */
  readonly onEnd?: () => void;
  /** Below the last row: that more is on its way. */
  readonly foot?: ReactNode;
  /** Shown instead of rows when there are none. */
  readonly children: ReactNode;
}

export function Grid<Row>(props: Props<Row>) {
  const { rows, rowKey, href, onOpen, maxHeight, onEnd, foot, chosen } = props;
  const columns = props.columns.filter((it) => !it.hidden);
  const { t } = useWords();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollPaddingStart: HEAD_PX,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.start ?? 0;
  const last = items.at(-1);
  const isAtEnd = last !== undefined && last.index >= rows.length - 1;
  useEffect(() => {
    if (isAtEnd && rows.length > 0) onEnd?.();
  }, [isAtEnd, rows.length, onEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that come and go do not drag the reader along
  useEffect(() => {
    if (chosen !== undefined) virtual.scrollToIndex(chosen);
  }, [chosen !== undefined && rows[chosen] !== undefined && rowKey(rows[chosen])]);

  const open = (row: Row | undefined) => {
    if (row === undefined) return;
    if (href) void navigate({ to: href(row) });
    else onOpen?.(row);
  };
  const goTo = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    const row = () => box.current?.querySelector<HTMLElement>(`[data-index="${to}"]`);
    setActive(to);
    virtual.scrollToIndex(to);
    // At once where it can be: the next key may be there before the next frame, and is for the new row.
    row()?.focus({ preventScroll: true });
    requestAnimationFrame(() => {
      // What Enter has opened meanwhile keeps the focus.
      const { activeElement } = document;
      if (activeElement === document.body || box.current?.contains(activeElement)) row()?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-index]');
    if (!row) return;
    const at = Number(row.dataset.index);
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const to = moves[event.key]?.(at, rows.length, page);
    if (to !== undefined) goTo(to);
    else if (event.key === 'Enter' && event.target === row) open(rows[at]);
    else return;
    event.preventDefault();
  };
  if (rows.length === 0) return <div className="notice is-small">{props.children}</div>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this hears the keys of the rows in it
    <div
      className="table-scroll"
      role="group"
      aria-label={t('table.keys')}
      ref={box}
      style={maxHeight ? { maxHeight } : undefined}
      onKeyDown={onKeyDown}
    >
      <table aria-label={props.label} aria-rowcount={props.total < 0 ? -1 : props.total + 1}>
        <colgroup>
          {columns.map((it) => (
            <col key={it.key} style={{ width: it.width ?? 140 }} />
          ))}
        </colgroup>
        <Head columns={columns} sort={props.sort} onSort={props.onSort} isSortable={props.isSortable} />
        <tbody>
          {first > 0 && <Gap px={first} columns={columns.length} />}
          {items.map(({ index }) => {
            const row = rows[index]!;
            const isActive = index === Math.min(active, rows.length - 1);
            const leads = href || onOpen;
            return (
              <tr
                key={rowKey(row)}
                data-index={index}
                aria-rowindex={index + 2}
                tabIndex={isActive ? 0 : -1}
                className={leads ? 'leads' : undefined}
                aria-current={index === chosen ? 'true' : undefined}
                onFocus={() => setActive(index)}
                onClick={(event) => {
                  const isOwn = (event.target as HTMLElement).closest('a,button,input,label');
                  if (!isOwn && !getSelection()?.toString()) open(row);
                }}
              >
                {columns.map((column, at) => (
                  <Cell key={column.key} row={row} column={column} {...(at === 0 && href && { to: href(row) })} />
                ))}
              </tr>
            );
          })}
          {last && <Gap px={virtual.getTotalSize() - last.end} columns={columns.length} />}
        </tbody>
      </table>
      {foot}
    </div>
  );
}

const moves: Readonly<Record<string, (at: number, many: number, page: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, _, page) => at + page,
  PageUp: (at, _, page) => at - page,
  Home: () => 0,
  End: (_, many) => many - 1,
};

/** Where rows would be that are not in sight. */
function Gap({ px, columns }: { px: number; columns: number }) {
  if (px <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr aria-hidden="true" className="gap" style={{ height: px }}>
      <td colSpan={columns} />
    </tr>
  );
}

function Cell<Row>({ row, column, to }: { row: Row; column: Column<Row>; to?: string }) {
  const formats = useFormats();
  const { t } = useWords();
  const value = column.value(row);
  const plain = () => {
    if (value == null) return <span className="quiet">–</span>;
    if (typeof value === 'number') return formats.number(value);
    if (typeof value === 'boolean') return t(value ? 'table.yes' : 'table.no');
    return column.choices?.[value] ?? value;
  };
  const shown = column.show ? column.show(row) : plain();
  return (
    <td
      className={typeof value === 'number' || column.right ? 'number' : undefined}
      title={typeof value === 'string' && !column.show ? value : undefined}
    >
      {to ? (
        <Link to={to} tabIndex={-1}>
          {shown}
        </Link>
      ) : (
        shown
      )}
    </td>
  );
}
