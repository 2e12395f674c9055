// Swaps as they happen, the newest first; the server filters them.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { insightApi, swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import type { Asked } from '../../table/filters.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { AskSwap } from '../swap/request/AskSwap.tsx';
import { moodOf, originInWords, stateInWords, states } from '../swap/said.ts';
import { WhoFilter } from './WhoFilter.tsx';

type Row = Answer<typeof insightApi.swaps>['items'][number];

/** The filters of the table as GET /v1/swaps has them. */
export const swapQuery = ({ search, filters: it }: Asked): Readonly<Record<string, string>> => ({
  ...(search.trim() && { station: search.trim() }),
  ...(it.station?.kind === 'text' && { station: it.station.text }),
  ...(it.state?.kind === 'choice' && it.state.any[0] && { state: it.state.any[0] }),
  ...(it.open?.kind === 'yes-no' && { open: String(it.open.is) }),
  ...(it.problems?.kind === 'yes-no' && { problems: String(it.problems.is) }),
  ...(it.pack?.kind === 'text' && { pack: it.pack.text }),
  ...(it.at?.kind === 'instant' && {
    ...(it.at.from && { from: new Date(it.at.from).toISOString() }),
    ...(it.at.to && { to: new Date(it.at.to).toISOString() }),
  }),
});

/** A driver or a vehicle: only for who may see people, and no column, for the list names nobody. */
const whoOf = (search: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...(search.driver && { driver: search.driver }),
  ...(search.vin && { vin: search.vin }),
});

export function Swaps() {
  const { t } = useWords();
  const { count } = useFormats();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>;
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const mayAsk = useMay('swap.ask');
  const maySeePeople = useMay('person.see');
  const counts = useRead(swapReads.counts, { query: {} }, { on: ['swap'] }).data;
  const who = maySeePeople ? whoOf(search) : {};
  const columns = useColumns();
  return (
    <>
      <PageHead
        title={t('swap.list')}
        note={
          counts &&
          t('swap.counts', {
            total: count(counts.total),
            open: count(counts.open),
            problems: count(counts.withProblems),
          })
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
        query={who}
        toQuery={swapQuery}
        on={['swap']}
        href={(it) => `/swaps/${it.id}`}
        exportAs="swaps"
        exportQuery={who}
        empty={t('swap.empty')}
        actions={
          maySeePeople && (
            <WhoFilter
              who={who}
              onChange={(next) => {
                const { driver: _, vin: __, ...others } = search;
                void navigate({ to: '.', search: { ...others, ...next } as never, replace: true });
              }}
            />
          )
        }
      />
      {isAsking && <AskSwap onEnd={() => setAsking(false)} />}
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useWords();
  const formats = useFormats();
  return [
    {
      key: 'at',
      title: t('swap.at'),
      value: (it) => it.startedAt,
      show: (it) => formats.dateTime(Date.parse(it.startedAt)),
      filter: 'instant',
      width: 180,
    },
    { key: 'station', title: t('swap.station'), value: (it) => it.stationId, filter: 'text', width: 140 },
    {
      key: 'state',
      title: t('swap.state'),
      value: (it) => it.state,
      choices: Object.fromEntries(states.map((it) => [it, stateInWords(t, it)])),
      show: (it) => <State mood={moodOf(it.state)}>{stateInWords(t, it.state)}</State>,
      filter: 'choice',
      width: 190,
    },
    {
      key: 'open',
      title: t('swap.under'),
      value: (it) => it.endedAt === null,
      show: (it) => (it.endedAt === null ? <Age at={it.updatedAt} always /> : <span className="quiet">–</span>),
      filter: 'yes-no',
      width: 120,
    },
    { key: 'origin', title: t('swap.origin'), value: (it) => originInWords(t, it.origin), width: 130 },
    {
      key: 'pack',
      title: t('swap.pack'),
      value: (it) => [...it.returned, ...it.given].map((pack) => pack.code).join(' '),
      show: (it) => <Codes row={it} />,
      filter: 'text',
      width: 270,
    },
    {
      key: 'net',
      title: t('swap.net'),
      head: <HowComputed of="swap.net" what={t('swap.net')} />,
      value: (it) => it.netWh,
      show: (it) => it.netWh !== null && formats.energy(it.netWh),
      width: 120,
    },
    {
      key: 'total',
      title: t('swap.total'),
      head: <HowComputed of="swap.total" what={t('swap.total')} />,
      value: (it) => it.totalFen,
      show: (it) => it.totalFen !== null && formats.yuan(it.totalFen),
      width: 110,
    },
    {
      key: 'lasted',
      title: t('swap.lasted'),
      value: (it) => it.endedAt && Date.parse(it.endedAt) - Date.parse(it.startedAt),
      show: (it) => it.endedAt && formats.lasting(Date.parse(it.endedAt) - Date.parse(it.startedAt)),
      width: 100,
    },
    {
      key: 'problems',
      title: t('swap.problems'),
      value: (it) => it.problems.length > 0,
      show: (it) =>
        it.problems.length > 0 && (
          <span title={it.problems.join('\n')}>
            <State mood="low">{t('swap.problemsMany', { many: formats.count(it.problems.length) })}</State>
          </span>
        ),
      filter: 'yes-no',
      width: 130,
    },
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
