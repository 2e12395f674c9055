// The whole list as a file, as the filters have it: GET /v1/exports/:table.
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { CallFailed } from '../../shared/client.ts';
import { Icon } from '../shell/icons.tsx';
import { useWords } from '../words/index.ts';
import { download, exportUrl } from './download.ts';
import type { Asked } from './filters.ts';

export const formats = ['csv', 'xlsx', 'parquet'] as const;

interface Props {
  readonly table: string;
  readonly asked: Asked;
  readonly query: Readonly<Record<string, string>>;
}

export function ExportButton({ table, asked, query }: Props) {
  const { t } = useWords();
  const { message, modal } = App.useApp();
  const [isRunning, setRunning] = useState(false);
  const save = async (format: (typeof formats)[number]) => {
    setRunning(true);
    try {
      const file = await download(exportUrl(table, format, asked, query));
      void message.success(t('export.done', { file }));
    } catch (error) {
      const said = error instanceof CallFailed ? error.message : String(error);
      modal.error({ title: t('export.failed'), content: said || t('failed.unreachable') });
    } finally {
      setRunning(false);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{ items: formats.map((it) => ({ key: it, label: t(`export.${it}`), onClick: () => void save(it) })) }}
    >
      <Button icon={<Icon name="export" />} loading={isRunning} aria-haspopup="menu">
        {t(isRunning ? 'export.running' : 'export.label')}
      </Button>
    </Dropdown>
  );
}
