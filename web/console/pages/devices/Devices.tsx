// The stations as devices: how they prove who they are, when they were last heard, what they run.
import { Button } from 'antd';
import { peopleReads } from '#insight/api';
import { stationApi } from '#station/api';
import type { Answer } from '../../../shared/client.ts';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { Secret } from '../../shell/Secret.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Device = Answer<typeof peopleReads.devices>['items'][number];

export function Devices() {
  const { t } = useWords();
  const { day } = useFormats();
  const mayRenew = useMay('station.secret');
  const act = useAct();
  const renew = (it: Device) =>
    act({
      title: t('devices.renewOf', { name: it.name }),
      says: t('devices.renewSays'),
      route: stationApi.renewPassword,
      ask: { params: { stationId: it.stationId } },
      danger: true,
      verb: t('devices.renew'),
      done: (made) => <Secret what={t('devices.password')} value={made.password ?? ''} />,
    });
  const credentialOf = ({ securityProfile, credentialMadeAt }: Device): string => {
    const kind = t(`devices.profile${securityProfile as 1 | 2 | 3}`);
    return credentialMadeAt ? `${kind} · ${day(Date.parse(credentialMadeAt))}` : kind;
  };
  const columns: Column<Device>[] = [
    { key: 'name', title: t('devices.station'), value: (it) => it.name, width: 200 },
    { key: 'id', title: t('devices.id'), value: (it) => it.stationId, width: 90 },
    {
      key: 'online',
      title: t('devices.state'),
      value: (it) => it.online,
      show: (it) => (
        <State mood={it.online ? 'good' : 'bad'}>{t(it.online ? 'devices.online' : 'devices.offline')}</State>
      ),
      filter: 'yes-no',
      width: 100,
    },
    {
      key: 'lastSeen',
      title: t('devices.lastSeen'),
      value: (it) => it.lastSeenAt,
      show: (it) => (it.lastSeenAt ? <Age at={it.lastSeenAt} always /> : t('devices.never')),
      width: 95,
    },
    {
      key: 'securityProfile',
      title: t('devices.profile'),
      value: (it) => String(it.securityProfile),
      show: (it) => credentialOf(it),
      filter: 'choice',
      choices: { 1: t('devices.profile1'), 2: t('devices.profile2'), 3: t('devices.profile3') },
      width: 235,
    },
    {
      key: 'runs',
      title: t('devices.runs'),
      value: (it) => [it.vendor, it.model, it.firmware].filter(Boolean).join(' '),
      width: 190,
    },
    ...(mayRenew
      ? [
          {
            key: 'act',
            title: t('devices.act'),
            value: () => null,
            show: (it: Device) =>
              it.securityProfile < 3 && (
                <Button size="small" onClick={() => void renew(it)}>
                  {t('devices.renew')}
                </Button>
              ),
            width: 140,
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={t('devices.title')} note={t('devices.note')} />
      <PagedTable
        name="devices"
        label={t('devices.title')}
        route={peopleReads.devices}
        columns={columns}
        rowKey={(it: Device) => it.stationId}
        href={(it) => `/stations/${it.stationId}`}
        exportAs="devices"
        on={['station']}
      />
    </>
  );
}
