// Above a table: search, filters as chips, how many rows, views, export.
import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { ExportTable } from '#insight/api';
import { Age } from '../live/Age.tsx';
import { Icon } from '../shell/icons.tsx';
import { useFormats, useWords } from '../words/index.ts';
import { Chips } from './Chips.tsx';
import type { Column } from './column.ts';
import type { Query } from './download.ts';
import { ExportButton } from './ExportButton.tsx';
import type { Asked } from './filters.ts';
import { Views } from './Views.tsx';

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** To count how many rows a filter would leave; undefined when the server filters. */
  readonly rows?: readonly Row[] | undefined;
  /** Where the server filters: how many rows each filter finds by itself. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly asked: Asked;
  readonly ask: (asked: Asked) => void;
  readonly shown: number | undefined;
  /** In all; undefined while nobody knows. */
  readonly all: number | undefined;
  readonly at?: string | undefined;
  readonly came?: number | undefined;
  readonly exportAs?: ExportTable;
  /** Which rows of that table a file of these holds. */
  readonly exported?: () => Query | undefined;
  readonly prefix?: string;
  readonly actions?: ReactNode;
  readonly canSearch?: boolean | undefined;
}

export function Toolbar<Row>(props: Props<Row>) {
  const {
    name,
    columns,
    rows,
    counts,
    asked,
    ask,
    shown,
    all,
    at,
    came,
    exportAs,
    exported = () => ({}),
    prefix,
    actions,
    canSearch = true,
  } = props;
  const { t } = useWords();
  const { count } = useFormats();
  const isCut = all !== undefined && shown !== all;
  return (
    <div className="toolbar">
      {canSearch && (
        <Input
          className="toolbar-search"
          type="search"
          allowClear
          prefix={<Icon name="search" />}
          placeholder={t('table.search')}
          aria-label={t('table.search')}
          value={asked.search}
          onChange={(event) => ask({ ...asked, search: event.target.value })}
        />
      )}
      <Chips columns={columns} rows={rows} {...(counts && { counts })} asked={asked} ask={ask} />
      <div className="toolbar-end">
        {shown !== undefined && (
          <span className="quiet" role="status">
            {all === undefined
              ? t('table.rowsMore', { shown: count(shown) })
              : isCut
                ? t('table.rows', { shown: count(shown), all: count(all) })
                : t('table.rowsAll', { count: shown, shown: count(shown) })}
          </span>
        )}
        {(at || came) && <Age at={at} came={came} />}
        <Views name={name} asked={asked} columns={columns} ask={ask} prefix={prefix ?? ''} />
        {exportAs && <ExportButton table={exportAs} query={exported} isEarly={shown === undefined} />}
        {actions}
      </div>
    </div>
  );
}
