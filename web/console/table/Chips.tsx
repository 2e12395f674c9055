// The filters: each a chip that says what it lets through and how many rows that are; a click changes it.
import { Button, Dropdown, Popover } from 'antd';
import { useId, useRef, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { type T, useFormats, useWords } from '../words/index.ts';
import type { Column } from './column.ts';
import { FilterForm } from './FilterForm.tsx';
import { type Asked, type FilterValue, passes } from './filters.ts';

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  /** Where the server filters: how many rows each filter finds by itself, as far as it is known. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly asked: Asked;
  readonly ask: (asked: Asked) => void;
}

export function Chips<Row>({ columns, rows, counts, asked, ask }: Props<Row>) {
  const { t } = useWords();
  const [open, setOpen] = useState<string>();
  const toolbar = useGoBack();
  const offered = columns.filter((it) => it.filter);
  const shown = offered.filter((it) => asked.filters[it.key] || it.key === open);
  const put = (key: string, value: FilterValue | undefined) => {
    const { [key]: _, ...others } = asked.filters;
    ask({ ...asked, filters: value ? { ...others, [key]: value } : others });
    setOpen(undefined);
    toolbar.goBack();
  };
  if (offered.length === 0) return null;
  return (
    <div className="chips" ref={toolbar.ref}>
      {shown.map((column) => (
        <Chip
          key={column.key}
          column={column}
          rows={rows}
          value={asked.filters[column.key]}
          count={counts?.[column.key]}
          isOpen={open === column.key}
          onOpen={(it) => {
            setOpen(it ? column.key : undefined);
            if (!it) toolbar.goBack();
          }}
          onPut={(value) => put(column.key, value)}
        />
      ))}
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          items: offered
            .filter((it) => !asked.filters[it.key])
            .map((it) => ({ key: it.key, label: it.title, onClick: () => setTimeout(() => setOpen(it.key)) })),
        }}
        disabled={shown.length === offered.length}
      >
        <Button icon={<Icon name="filter" />} aria-haspopup="menu">
          {t('table.filter')}
        </Button>
      </Dropdown>
      {Object.keys(asked.filters).length > 1 && (
        <Button type="text" onClick={() => ask({ ...asked, filters: {} })}>
          {t('table.clear')}
        </Button>
      )}
    </div>
  );
}

/** Whoever set a filter by the keyboard goes on where he was: at the filters, not at the top of the page. */
function useGoBack() {
  const ref = useRef<HTMLDivElement>(null);
  const goBack = () =>
    setTimeout(() => {
      const isLost = document.activeElement === document.body || !document.activeElement?.isConnected;
      if (isLost) ref.current?.querySelector<HTMLElement>('button:last-of-type')?.focus();
    });
  return { ref, goBack };
}

interface ChipProps<Row> {
  readonly column: Column<Row>;
  readonly rows: readonly Row[] | undefined;
  readonly value: FilterValue | undefined;
  readonly count: number | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onPut: (value: FilterValue | undefined) => void;
}

function Chip<Row>({ column, rows, value, count, isOpen, onOpen, onPut }: ChipProps<Row>) {
  const { t } = useWords();
  const formats = useFormats();
  const said = value ? `${column.title}: ${filterInWords(value, column, t)}` : column.title;
  const id = useId();
  const many = value && (rows ? rows.filter((it) => passes(column.value(it), value)).length : count);
  return (
    <span className="chip">
      <Popover
        open={isOpen}
        onOpenChange={onOpen}
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        afterOpenChange={(it) => {
          if (it) document.getElementById(id)?.querySelector<HTMLElement>('input')?.focus();
        }}
        content={
          <FilterForm id={id} column={column} rows={rows} value={value} onPut={onPut} onClose={() => onOpen(false)} />
        }
      >
        <button type="button" className="chip-what" aria-expanded={isOpen}>
          {said}
          {many !== undefined && <small> · {formats.count(many)}</small>}
        </button>
      </Popover>
      {value && (
        <button
          type="button"
          className="chip-off"
          aria-label={t('table.remove', { filter: said })}
          onClick={() => onPut(undefined)}
        >
          ×
        </button>
      )}
    </span>
  );
}

export function filterInWords<Row>(value: FilterValue, { choices }: Column<Row>, t: T): string {
  switch (value.kind) {
    case 'text':
      return `“${value.text}”`;
    case 'choice':
      return value.any.map((it) => choices?.[it] ?? it).join(', ');
    case 'yes-no':
      return t(value.is ? 'table.yes' : 'table.no');
    case 'number':
      return rangeInWords(value.min?.toString(), value.max?.toString());
    case 'instant':
      return rangeInWords(value.from?.replace('T', ' '), value.to?.replace('T', ' '));
  }
}

function rangeInWords(low: string | undefined, high: string | undefined): string {
  if (low === undefined) return `≤ ${high}`;
  return high === undefined ? `≥ ${low}` : `${low} – ${high}`;
}
