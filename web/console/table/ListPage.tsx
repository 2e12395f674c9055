// A page that is one list which comes at once: its head with a button for a new one, and the table below.
import { Button } from 'antd';
import type { Reading } from '../api/read.ts';
import { Icon } from '../shell/icons.tsx';
import { PageHead } from '../shell/PageHead.tsx';
import { DataTable, type DataTableProps } from './DataTable.tsx';

type Told = 'label' | 'rows' | 'error' | 'again' | 'came' | 'actions';

interface Props<Row> extends Omit<DataTableProps<Row>, Told> {
  readonly title: string;
  readonly note: string;
  /** What the list is read by. */
  readonly reading: Reading<{ readonly items: readonly Row[] }>;
  /** What the button for a new one says and does; for whoever may. */
  readonly add?: { readonly label: string; readonly act: () => Promise<unknown> } | undefined;
}

export function ListPage<Row>({ title, note, reading: { data, error, again, came }, add, ...table }: Props<Row>) {
  return (
    <>
      <PageHead
        title={title}
        note={note}
        actions={
          add && (
            <Button type="primary" icon={<Icon name="add" />} onClick={() => void add.act()}>
              {add.label}
            </Button>
          )
        }
      />
      <DataTable {...table} label={title} rows={data?.items} error={error} again={again} came={came} />
    </>
  );
}
