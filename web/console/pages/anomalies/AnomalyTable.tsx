// What an operator should look at: one row for what happened and where, opened to all of it with what to do.
import { useMemo, useState } from 'react';
import { insightApi } from '#insight/api';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { networkNow } from '../../live/clock.ts';
import { type Mood, State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { AnomalyInFull } from './AnomalyInFull.tsx';
import { type Group, grouped, linesOf } from './grouped.ts';
import { kindInWords, kinds, type Weight } from './kinds.ts';

interface Props {
  /** Of one station; of all when absent. */
  readonly stationId?: string;
  readonly hours: number;
  readonly empty: string;
}

const MOST = 1_000;
/** So that the question stays the same for a while, and so does its answer. */
const STEP_MS = 5 * 60_000;
const weightMoods: Readonly<Record<Weight, Mood>> = { act: 'bad', look: 'low', know: 'calm' };

export function AnomalyTable({ stationId, hours, empty }: Props) {
  const { t } = useWords();
  const { count } = useFormats();
  const prefix = stationId ? 'a.' : '';
  const [open, setOpen] = useState<string>();
  const from = new Date(Math.floor(networkNow() / STEP_MS) * STEP_MS - hours * 3_600_000).toISOString();
  const { data, error, again, came } = useRead(
    insightApi.anomalies,
    { query: { from, limit: MOST, ...(stationId && { station: stationId as never }) } },
    { on: ['anomaly'] },
  );
  const groups = useMemo(() => data && grouped(data.items), [data]);
  const columns = useColumns(stationId !== undefined);
  const shown = groups?.find((it) => it.key === open);
  return (
    <>
      {data?.nextCursor !== undefined && <p className="quiet">{t('anomalies.more', { many: count(MOST) })}</p>}
      <DataTable
        name="anomalies"
        label={t('anomalies.title')}
        columns={columns}
        rowKey={(it) => it.key}
        rows={groups}
        error={error}
        again={again}
        at={data?.at}
        came={came}
        onOpen={(it) => setOpen(it.key)}
        exportAs="anomalies"
        exportQuery={{ from, ...(stationId && { stations: stationId }) }}
        exportFilters={linesOf}
        exportIds={(it) => it.lines.map((line) => line.id)}
        prefix={prefix}
        empty={empty}
      />
      {shown && <AnomalyInFull group={shown} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(isOfOne: boolean): Column<Group>[] {
  const { t } = useWords();
  const { count } = useFormats();
  const all: Column<Group>[] = [
    {
      key: 'weight',
      title: t('anomalies.weight'),
      value: (it) => it.weight,
      choices: { act: t('anomalies.is.act'), look: t('anomalies.is.look'), know: t('anomalies.is.know') },
      show: (it) => <State mood={weightMoods[it.weight]}>{t(`anomalies.is.${it.weight}`)}</State>,
      filter: 'choice',
      sort: false,
      width: 115,
    },
    {
      key: 'kind',
      title: t('anomalies.what'),
      value: (it) => it.kind,
      choices: Object.fromEntries(kinds.map((it) => [it, kindInWords(t, it).title])),
      show: (it) => kindInWords(t, it.kind).title,
      filter: 'choice',
      width: 200,
    },
    {
      key: 'station',
      title: t('anomalies.station'),
      value: (it) => it.stationId,
      choices: { '': t('anomalies.elsewhere') },
      filter: 'choice',
      width: 150,
    },
    {
      key: 'times',
      right: true,
      title: t('anomalies.times'),
      head: <HowComputed of="anomaly.times" what={t('anomalies.times')} />,
      value: (it) => it.times,
      show: (it) => t('anomalies.timesMany', { many: count(it.times) }),
      width: 115,
    },
    {
      key: 'since',
      title: t('anomalies.since'),
      value: (it) => it.since,
      show: (it) => <Age at={it.since} always />,
      width: 90,
    },
    {
      key: 'last',
      title: t('anomalies.last'),
      value: (it) => it.at,
      show: (it) => <Age at={it.at} always />,
      width: 90,
    },
    {
      key: 'sentence',
      title: t('anomalies.sentence'),
      value: (it) => it.sentence,
      show: (it) => (
        <span lang="en" title={it.sentence}>
          {it.sentence}
        </span>
      ),
      sort: false,
      width: 290,
    },
  ];
  return isOfOne ? all.filter((it) => it.key !== 'station') : all;
}
