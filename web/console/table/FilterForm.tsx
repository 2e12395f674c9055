// What a filter is asked for: a text, numbers from and to, some of the values there are, times.
import { Button, Checkbox, Input, InputNumber, Radio } from 'antd';
import { type FormEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { useFormats, useWords } from '../words/index.ts';
import type { Column } from './column.ts';
import type { FilterValue } from './filters.ts';

interface Props<Row> {
  readonly id: string;
  readonly onClose: () => void;
  readonly column: Column<Row>;
  readonly rows: readonly Row[] | undefined;
  readonly value: FilterValue | undefined;
  readonly onPut: (value: FilterValue | undefined) => void;
}

export function FilterForm<Row>(props: Props<Row>) {
  const { column, value } = props;
  const { t } = useWords();
  const [next, setNext] = useState(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onPut(isNothing(next) ? undefined : next);
  };
  return (
    <form
      id={props.id}
      className="filter-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
      aria-label={column.title}
    >
      <Fields {...props} value={next} onChange={setNext} />
      <Button htmlType="submit" type="primary" size="small">
        {t('table.apply')}
      </Button>
    </form>
  );
}

const isNothing = (it: FilterValue | undefined): boolean =>
  it === undefined ||
  (it.kind === 'text' && it.text === '') ||
  (it.kind === 'choice' && it.any.length === 0) ||
  (it.kind === 'number' && it.min === undefined && it.max === undefined) ||
  (it.kind === 'instant' && it.from === undefined && it.to === undefined);

type FieldsProps<Row> = Pick<Props<Row>, 'column' | 'rows' | 'value'> & {
  readonly onChange: (value: FilterValue | undefined) => void;
};

function Fields<Row>({ column, rows, value, onChange }: FieldsProps<Row>) {
  const { t } = useWords();
  switch (column.filter) {
    case 'text':
      return (
        <Labelled text={`${column.title} ${t('table.contains')}`}>
          {(id) => (
            <Input
              id={id}
              value={value?.kind === 'text' ? value.text : ''}
              onChange={(event) => onChange({ kind: 'text', text: event.target.value })}
            />
          )}
        </Labelled>
      );
    case 'choice':
      return <Choice column={column} rows={rows} value={value} onChange={onChange} />;
    case 'yes-no':
      return (
        <Checkbox.Group
          options={[
            { value: 'yes', label: t('table.yes') },
            { value: 'no', label: t('table.no') },
          ]}
          value={value?.kind === 'yes-no' ? [value.is ? 'yes' : 'no'] : []}
          onChange={(list) => {
            const last = list.at(-1);
            onChange(last === undefined ? undefined : { kind: 'yes-no', is: last === 'yes' });
          }}
        />
      );
    case 'number': {
      const it = value?.kind === 'number' ? value : { kind: 'number' as const };
      const put = (key: 'min' | 'max', to: number | null) => {
        const { [key]: _, ...other } = it;
        onChange(to === null ? other : { ...other, [key]: to });
      };
      return (
        <>
          <Labelled text={t('table.from')}>
            {(id) => <InputNumber id={id} value={it.min ?? null} onChange={(to) => put('min', to)} />}
          </Labelled>
          <Labelled text={t('table.to')}>
            {(id) => <InputNumber id={id} value={it.max ?? null} onChange={(to) => put('max', to)} />}
          </Labelled>
        </>
      );
    }
    case 'instant': {
      const it = value?.kind === 'instant' ? value : { kind: 'instant' as const };
      const put = (key: 'from' | 'to', to: string) => {
        const { [key]: _, ...other } = it;
        onChange(to === '' ? other : { ...other, [key]: `${to}:00+08:00` });
      };
      return (
        <>
          <Labelled text={t('table.from')}>
            {(id) => (
              <input
                id={id}
                className="ant-input"
                type="datetime-local"
                value={localOf(it.from)}
                onChange={(event) => put('from', event.target.value)}
              />
            )}
          </Labelled>
          <Labelled text={t('table.to')}>
            {(id) => (
              <input
                id={id}
                className="ant-input"
                type="datetime-local"
                value={localOf(it.to)}
                onChange={(event) => put('to', event.target.value)}
              />
            )}
          </Labelled>
        </>
      );
    }
    default:
      return null;
  }
}

/** As a field for date and time has it: minutes, in the network's zone (UTC+8). */
const localOf = (instant: string | undefined): string => instant?.slice(0, 16) ?? '';

function Labelled({ text, children }: { text: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text}</label>
      {children(id)}
    </div>
  );
}

/** The values that occur, or that have words, with how many rows have each. */
function Choice<Row>({ column, rows, value, onChange }: FieldsProps<Row>) {
  const formats = useFormats();
  const options = useMemo(() => {
    const counts = new Map<string, number>();
    for (const row of rows ?? []) {
      const it = String(column.value(row) ?? '');
      counts.set(it, (counts.get(it) ?? 0) + 1);
    }
    const values = new Set([...Object.keys(column.choices ?? {}), ...counts.keys()]);
    return [...values].map((it) => ({ it, many: rows && (counts.get(it) ?? 0) }));
  }, [column, rows]);
  const label = (it: string) => column.choices?.[it] ?? (it === '' ? '–' : it);
  // The server takes one value; among rows that are here any number may be chosen.
  if (!rows)
    return (
      <Radio.Group
        className="choices"
        value={value?.kind === 'choice' ? value.any[0] : undefined}
        onChange={({ target }) => onChange({ kind: 'choice', any: [String(target.value)] })}
        options={options.map(({ it }) => ({ value: it, label: label(it) }))}
      />
    );
  return (
    <Checkbox.Group
      className="choices"
      value={value?.kind === 'choice' ? [...value.any] : []}
      onChange={(any) => onChange({ kind: 'choice', any })}
    >
      {options.map(({ it, many }) => (
        <Checkbox key={it} value={it}>
          {label(it)}
          {many !== undefined && <small className="quiet"> {formats.count(many)}</small>}
        </Checkbox>
      ))}
    </Checkbox.Group>
  );
}
