// Swaps as they happen, the newest first; the server filters them.
import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { insightApi, mapApi, swapReads } from '#insight/api';
import { type Answer, callRoute } from '../../../shared/client.ts';
import { keyOf, useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import type { Asked } from '../../table/filters.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useAsked } from '../../table/useAsked.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { AskSwap } from '../swap/request/AskSwap.tsx';
import { moodOf, originInWords, stateInWords, states } from '../swap/said.ts';
import { countQueries, swapQuery } from './asking.ts';

type Row = Answer<typeof insightApi.swaps>['items'][number];

export function Swaps() {
  const { t } = useWords();
  const { count } = useFormats();
  const [isAsking, setAsking] = useState(false);
  const mayAsk = useMay('swap.ask');
  const day = useRead(swapReads.counts, { query: {} }, { on: ['swap'] }).data;
  const columns = useColumns();
  const [asked] = useAsked(columns);
  const { total, counts } = useCounts(asked);
  return (
    <>
      <PageHead
        title={t('swap.list')}
        note={
          day && t('swap.counts', { total: count(day.total), open: count(day.open), problems: count(day.withProblems) })
        }
        actions={
          mayAsk && (
            <Button type="primary" icon={<Icon name="swaps" />} onClick={() => setAsking(true)}>
              {t('swap.ask')}
            </Button>
          )
        }
      />
      <PagedTable<typeof insightApi.swaps, Row>
        name="swaps"
        label={t('swap.list')}
        columns={columns}
        rowKey={(it) => it.id}
        route={insightApi.swaps}
        toQuery={swapQuery}
        canSearch={false}
        total={total}
        counts={counts}
        on={['swap']}
        href={(it) => `/swaps/${it.id}`}
        exportAs="swaps"
        empty={t('swap.empty')}
      />
      {isAsking && <AskSwap onEnd={() => setAsking(false)} />}
    </>
  );
}

/** How many swaps the filters find: together, and each by itself. */
function useCounts(asked: Asked): { readonly total: number | undefined; readonly counts: Record<string, number> } {
  const queries = Object.entries(countQueries(asked));
  const results = useQueries({
    queries: queries.map(([, query]) => ({
      queryKey: keyOf(swapReads.counts, { query }),
      queryFn: () => callRoute(swapReads.counts, { query }),
      staleTime: 10_000,
    })),
  });
  const found = queries.flatMap(([key], n) => {
    const data = results[n]?.data;
    return data ? [[key, data.total] as const] : [];
  });
  const { '': total, ...counts } = Object.fromEntries(found);
  return { total, counts };
}

/** As many stations can be offered in a list; of more the id is typed. */
const MOST_OFFERED = 60;

/** The names of the stations by their ids. */
function useStationNames(): ReadonlyMap<string, string> {
  const { data } = useRead(mapApi.now);
  return useMemo(() => new Map(data?.id.map((id, n) => [id as string, data.name[n]!])), [data]);
}

function useColumns(): Column<Row>[] {
  const { t } = useWords();
  const formats = useFormats();
  const names = useStationNames();
  const maySeePeople = useMay('person.see');
  return [
    {
      key: 'at',
      title: t('swap.at'),
      value: (it) => it.startedAt,
      show: (it) => formats.dateTime(Date.parse(it.startedAt)),
      filter: 'instant',
      width: 178,
    },
    {
      key: 'station',
      title: t('swap.station'),
      value: (it) => it.stationId,
      show: (it) => names.get(it.stationId) ?? it.stationId,
      ...(names.size > MOST_OFFERED
        ? { filter: 'text' }
        : { filter: 'choice', choices: Object.fromEntries([...names].map(([id, name]) => [id, `${name} · ${id}`])) }),
      width: 165,
    },
    {
      key: 'state',
      title: t('swap.state'),
      value: (it) => it.state,
      choices: Object.fromEntries(states.map((it) => [it, stateInWords(t, it)])),
      show: (it) => <State mood={moodOf(it.state)}>{stateInWords(t, it.state)}</State>,
      filter: 'choice',
      width: 150,
    },
    {
      key: 'open',
      title: t('swap.under'),
      value: (it) => it.endedAt === null,
      show: (it) => (it.endedAt === null ? <Age at={it.updatedAt} always /> : <span className="quiet">–</span>),
      filter: 'yes-no',
      width: 90,
    },
    {
      key: 'pack',
      title: t('swap.pack'),
      value: (it) => [...it.returned, ...it.given].map((pack) => pack.code).join(' '),
      show: (it) => <Codes row={it} />,
      filter: 'text',
      width: 190,
    },
    {
      key: 'net',
      right: true,
      title: t('swap.net'),
      head: <HowComputed of="swap.net" what={t('swap.net')} />,
      value: (it) => it.netWh,
      show: (it) => it.netWh !== null && formats.energy(it.netWh),
      width: 110,
    },
    {
      key: 'total',
      right: true,
      title: t('swap.total'),
      head: <HowComputed of="swap.total" what={t('swap.total')} />,
      value: (it) => it.totalFen,
      show: (it) => it.totalFen !== null && formats.yuan(it.totalFen),
      width: 90,
    },
    {
      key: 'lasted',
      right: true,
      title: t('swap.lasted'),
      value: (it) => it.endedAt && Date.parse(it.endedAt) - Date.parse(it.startedAt),
      show: (it) => it.endedAt && formats.lasting(Date.parse(it.endedAt) - Date.parse(it.startedAt)),
      width: 80,
    },
    {
      key: 'problems',
      title: t('swap.problems'),
      value: (it) => it.problems.length > 0,
      show: (it) =>
        it.problems.length > 0 && (
          <span title={it.problems.join('\n')}>
            <State mood="low">
              {t('swap.problemsMany', { count: it.problems.length, many: formats.count(it.problems.length) })}
            </State>
          </span>
        ),
      filter: 'yes-no',
      width: 120,
    },
    { key: 'origin', title: t('swap.origin'), value: (it) => originInWords(t, it.origin), width: 120 },
    // Who swapped is asked for and not shown: the list names nobody.
    ...(maySeePeople
      ? ([
          { key: 'driver', title: t('swap.driver'), value: () => null, filter: 'text', hidden: true },
          { key: 'vin', title: t('swap.vin'), value: () => null, filter: 'text', hidden: true },
        ] as const)
      : []),
  ];
}

/** What came in, and what went out for it: the ends of the codes tell packs apart. */
function Codes({ row }: { row: Row }) {
  const { t } = useWords();
  const ends = (packs: Row['given']) => packs.map((it) => it.code.slice(-9)).join(', ') || '–';
  return (
    <span className="code">
      <span className="hidden">{t('swap.in')}</span> {ends(row.returned)} <span aria-hidden="true">→</span>{' '}
      <span className="hidden">{t('swap.out')}</span> {ends(row.given)}
    </span>
  );
}
