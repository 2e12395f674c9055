// What a table shows as a file: GET /v1/exports/:table. Files are for who has signed in.
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { EXPORT_MOST_NAMED, type ExportTable, exportMay } from '#insight/api';
import { CallFailed } from '../../shared/client.ts';
import { useMay } from '../session/hooks.ts';
import { session } from '../session/session.ts';
import { Icon } from '../shell/icons.tsx';
import { useWords } from '../words/index.ts';
import { download, exportUrl, type Query } from './download.ts';

export const formats = ['csv', 'xlsx', 'parquet'] as const;

interface Props {
  /** What it says, where it is not what the table beside it shows. */
  readonly label?: string;
  readonly table: ExportTable;
  /** Which of its rows; undefined when that cannot be said because they are too many to name. */
  readonly query: () => Query | undefined;
  /** There is nothing yet that it could be about. */
  readonly isEarly?: boolean;
}

export function ExportButton({ label, table, query, isEarly = false }: Props) {
  const { t } = useWords();
  const { message, modal } = App.useApp();
  const [isRunning, setRunning] = useState(false);
  const isSignedIn = useMay('signed-in');
  const mayRead = useMay(exportMay[table]);
  if (!isSignedIn || !mayRead) return null;
  const save = async (format: (typeof formats)[number]) => {
    const asked = query();
    if (!asked) {
      modal.info({ title: t('export.tooMany'), content: t('export.tooManySays', { most: EXPORT_MOST_NAMED }) });
      return;
    }
    setRunning(true);
    try {
      const file = await download(exportUrl(table, format, asked));
      void message.success(t('export.done', { file }));
    } catch (error) {
      if (error instanceof CallFailed && error.status === 401) return session.lost();
      const said = error instanceof CallFailed ? error.message : String(error);
      modal.error({ title: t('export.failed'), content: said || t('failed.unreachable') });
    } finally {
      setRunning(false);
    }
  };
  return (
    <Dropdown
      disabled={isEarly}
      trigger={['click']}
      autoFocus
      menu={{ items: formats.map((it) => ({ key: it, label: t(`export.${it}`), onClick: () => void save(it) })) }}
    >
      <Button icon={<Icon name="export" />} loading={isRunning} disabled={isEarly} aria-haspopup="menu">
        {isRunning ? t('export.running') : (label ?? t('export.label'))}
      </Button>
    </Dropdown>
  );
}
