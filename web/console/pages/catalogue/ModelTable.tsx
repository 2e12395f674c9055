import { useState } from 'react';
import type { Reading } from '../../api/read.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useWords } from '../../words/index.ts';
import { Detail, type Line } from './Detail.tsx';
import { Figure } from './Figure.tsx';
import type { Model } from './models.ts';

interface Props<M extends Model> {
  readonly name: 'packs' | 'vehicles' | 'stations';
  readonly reading: Pick<Reading<{ readonly items: readonly M[] }>, 'data' | 'error' | 'again'>;
  readonly columns: readonly Column<M>[];
  /** All of one row, for the drawer. */
  readonly linesOf: (model: M) => readonly Line[];
  /** Where its compatibility is looked up. */
  readonly checkHref: (model: M) => string;
}

const files = { packs: 'pack-models', vehicles: 'vehicle-models', stations: 'station-presets' } as const;

/** One part of the catalogue: a table, and a drawer with everything about one row. */
export function ModelTable<M extends Model>({ name, reading, columns, linesOf, checkHref }: Props<M>) {
  const { t } = useWords();
  const [open, setOpen] = useState<M>();
  const marked = columns.map((it) => withMark(it));
  return (
    <>
      <DataTable
        name={`catalogue-${name}`}
        label={t(`catalogue.${name}`)}
        prefix={`${name[0]}.`}
        columns={[
          ...marked,
          {
            key: 'assumed',
            title: t('catalogue.assumedMany'),
            value: (it) => it.assumed.length,
            show: (it) => (
              <span title={it.assumed.join(', ')}>{t('catalogue.assumedFields', { count: it.assumed.length })}</span>
            ),
            right: true,
            width: 90,
          },
          {
            key: 'source',
            title: t('catalogue.source'),
            value: (it) => it.source,
            show: (it) => (
              <span lang="en" title={it.source}>
                {it.source}
              </span>
            ),
            width: 300,
          },
        ]}
        rows={reading.data?.items}
        error={reading.error}
        again={reading.again}
        rowKey={(it) => it.id}
        exportAs={files[name]}
        onOpen={setOpen}
      />
      <Detail
        model={open}
        lines={open ? linesOf(open) : []}
        checkHref={open && checkHref(open)}
        onClose={() => setOpen(undefined)}
      />
    </>
  );
}

/** The key of a column is the field it shows, so it knows whether that is assumed. */
function withMark<M extends Model>(column: Column<M>): Column<M> {
  const { show } = column;
  if (!show) return column;
  return {
    ...column,
    show: (it) => (
      <Figure of={it} field={column.key}>
        {show(it)}
      </Figure>
    ),
  };
}
