// All stations as they are now: read once, then kept up to date by the live connection.
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { mapApi, stationReads } from '#insight/api';
import { keyOf, useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useNews } from '../../live/hooks.ts';
import { useMay } from '../../session/hooks.ts';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { type Mood, State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { filtersOf } from '../../table/download.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { AskSwap } from '../swap/request/AskSwap.tsx';
import { stateInWords } from '../swap/said.ts';
import { changed, type Delta, rowsOf, type StationRow, type StationState, stateOf, states } from './rows.ts';
import { kindInWords, kinds } from './said.ts';

const moods: Readonly<Record<StationState, Mood>> = {
  stuck: 'bad',
  swapping: 'going',
  idle: 'good',
  empty: 'low',
  offline: 'bad',
  'out-of-use': 'bad',
};

export function Stations() {
  const { t } = useWords();
  const { count } = useFormats();
  const { rows, error, again, at, came } = useStations();
  const [isAsking, setAsking] = useState(false);
  const mayAsk = useMay('swap.ask');
  const columns = useColumns();
  const online = rows?.filter((it) => it.online).length ?? 0;
  return (
    <>
      <PageHead
        title={t('stations.title')}
        note={rows && t('stations.note', { online: count(online), all: count(rows.length) })}
        actions={
          mayAsk && (
            <Button type="primary" icon={<Icon name="swaps" />} onClick={() => setAsking(true)}>
              {t('swap.ask')}
            </Button>
          )
        }
      />
      <DataTable
        name="stations"
        label={t('stations.title')}
        columns={columns}
        rowKey={(it) => it.id}
        rows={rows}
        error={error}
        again={again}
        at={at}
        came={came}
        href={(it) => `/stations/${encodeURIComponent(it.id)}`}
        exportAs="stations"
        exportFilters={filtersOf}
        empty={t('stations.empty')}
      />
      {isAsking && <AskSwap onEnd={() => setAsking(false)} />}
    </>
  );
}

/** The map with what changed since; a station that came later makes it read anew. */
function useStations() {
  const queries = useQueryClient();
  const { data, error, again, came } = useRead(mapApi.now, undefined, { everyMs: 60_000 });
  const [now, setNow] = useState<{ rows: readonly StationRow[]; at: string }>();
  useEffect(() => {
    if (data) setNow({ rows: rowsOf(data), at: data.at });
  }, [data]);
  useNews('stations', (news) => {
    if (!now) return;
    const deltas = news as unknown as readonly Delta[];
    const { rows, isStranger } = changed(now.rows, deltas);
    setNow({ rows, at: deltas.at(-1)?.at ?? now.at });
    if (isStranger) void queries.invalidateQueries({ queryKey: keyOf(mapApi.now) });
  });
  return { rows: now?.rows, at: now?.at, error, again, came };
}

/** Since when the stations that are away were not seen; the map does not tell. */
function useLastSeen(): ReadonlyMap<string, string | null> {
  const query = { online: 'false', limit: 1000 } as const;
  const { data } = useRead(stationReads.table, { query }, { on: ['station'], enabled: useMay('station.see') });
  return useMemo(() => new Map(data?.items.map((it) => [it.id as string, it.lastSeenAt])), [data]);
}

function useColumns(): Column<StationRow>[] {
  const { t } = useWords();
  const { count } = useFormats();
  const lastSeen = useLastSeen();
  const number = (key: keyof StationRow & string, title: string, width = 95): Column<StationRow> => ({
    key,
    title,
    value: (it) => it[key],
    show: (it) => count(Number(it[key])),
    filter: 'number',
    width,
  });
  return [
    { key: 'name', title: t('stations.name'), value: (it) => it.name, width: 200 },
    { key: 'id', title: t('stations.id'), value: (it) => it.id, width: 75 },
    {
      key: 'state',
      title: t('stations.state'),
      value: stateOf,
      choices: Object.fromEntries(states.map((it) => [it, t(`stations.is.${it}`)])),
      filter: 'choice',
      width: 178,
      show: (it) => {
        const state = stateOf(it);
        const seen = lastSeen.get(it.id);
        return (
          <State mood={moods[state]}>
            {t(`stations.is.${state}`)}
            {(state === 'swapping' || state === 'stuck') && it.openSwap && (
              <small className="quiet">{stateInWords(t, it.openSwap)}</small>
            )}
            {state === 'offline' && seen && <Age at={seen} always />}
            {state === 'offline' && seen === null && <small className="quiet">{t('stations.never')}</small>}
          </State>
        );
      },
    },
    {
      ...number('ready', t('stations.ready'), 100),
      head: <HowComputed of="station.ready" what={t('stations.ready')} />,
      show: (it) => t('stations.ofSlots', { ready: count(it.ready), slots: count(it.slots) }),
    },
    {
      ...number('charging', t('stations.charging'), 118),
      head: <HowComputed of="station.charging" what={t('stations.charging')} />,
    },
    { ...number('queue', t('stations.queue')), head: <HowComputed of="station.queue" what={t('stations.queue')} /> },
    {
      ...number('swapsLastHour', t('stations.lastHour'), 118),
      head: <HowComputed of="station.swapsLastHour" what={t('stations.lastHour')} />,
    },
    {
      ...number('swapsToday', t('stations.today'), 95),
      head: <HowComputed of="station.swapsToday" what={t('stations.today')} />,
    },
    {
      ...number('anomalies', t('stations.anomalies'), 128),
      head: <HowComputed of="station.anomalies24h" what={t('stations.anomalies')} />,
      show: (it) => (it.anomalies > 0 ? <State mood="low">{count(it.anomalies)}</State> : count(0)),
    },
    {
      key: 'profile',
      title: t('stations.profile'),
      value: (it) => it.profile,
      show: (it) => kindInWords(t, it.profile),
      choices: Object.fromEntries(kinds.map((it) => [it, kindInWords(t, it)])),
      filter: 'choice',
      width: 140,
    },
    { key: 'operator', title: t('stations.operator'), value: (it) => it.operator, filter: 'choice', width: 130 },
    { key: 'region', title: t('stations.region'), value: (it) => it.region || null, filter: 'choice', width: 130 },
    {
      key: 'online',
      title: t('stations.online'),
      value: (it) => it.online,
      filter: 'yes-no',
      width: 100,
    },
  ];
}
