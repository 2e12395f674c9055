// The stations as devices: who is connected, and since when not.
import { insightApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useWords } from '../../words/index.ts';

type Station = Answer<typeof insightApi.network>['stations'][number];

export function Devices() {
  const { t } = useWords();
  const { data, error, came, again } = useRead(insightApi.network, undefined, { on: ['station'] });
  const columns: Column<Station>[] = [
    { key: 'name', title: t('devices.station'), value: (it) => it.name, filter: 'text', width: 260 },
    { key: 'id', title: t('devices.id'), value: (it) => it.id, filter: 'text', width: 160 },
    {
      key: 'state',
      title: t('devices.state'),
      value: (it) => (it.online ? 'online' : 'offline'),
      choices: { online: t('devices.online'), offline: t('devices.offline') },
      show: (it) => (
        <State mood={it.online ? 'good' : 'bad'}>{t(it.online ? 'devices.online' : 'devices.offline')}</State>
      ),
      filter: 'choice',
      width: 120,
    },
    {
      key: 'lastSeenAt',
      title: t('devices.lastSeen'),
      value: (it) => it.lastSeenAt,
      show: (it) => (it.lastSeenAt ? <Age at={it.lastSeenAt} always /> : t('devices.never')),
      filter: 'instant',
      width: 130,
    },
    { key: 'slots', title: t('devices.slots'), value: (it) => it.slots.length, filter: 'number', width: 100 },
    {
      key: 'ready',
      title: t('devices.ready'),
      head: <HowComputed of="station.ready" />,
      value: (it) => it.ready,
      filter: 'number',
      width: 150,
    },
  ];
  return (
    <>
      <PageHead title={t('devices.title')} />
      <DataTable
        name="devices"
        label={t('devices.title')}
        columns={columns}
        rowKey={(it) => it.id}
        rows={data?.stations}
        error={error}
        again={again}
        at={data?.at}
        came={came}
      />
    </>
  );
}
