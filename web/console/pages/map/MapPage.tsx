// All stations on a map and, beside it, the same stations as a table: one search, one set of filters, one choice.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Age } from '../../live/Age.tsx';
import { useStore } from '../../live/store.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useMatches, useTheme } from '../../shell/hooks.ts';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { shownQuery } from '../../table/download.ts';
import type { Asked, Search } from '../../table/filters.ts';
import { Grid } from '../../table/Grid.tsx';
import { Toolbar } from '../../table/Toolbar.tsx';
import { useAsked } from '../../table/useAsked.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { stationQuery } from './asking.ts';
import { MapView } from './canvas/MapView.tsx';
import type { Demand } from './canvas/StationMap.ts';
import { useColumns } from './columns.tsx';
import type { Showing } from './data/board.ts';
import './map.css';
import { Card } from './parts/Card.tsx';
import { useNamed } from './parts/names.ts';
import { Scrubber } from './parts/Scrubber.tsx';
import { useBoard } from './useBoard.ts';
import { useRows } from './useRows.ts';

const SETTLE_MS = 700;
const parts = ['both', 'map', 'table'] as const;
const demands: readonly Demand[] = ['none', 'hour', 'day'];

export function MapPage() {
  const { t } = useWords();
  const { board, error, isPending, again } = useBoard();
  const showing = useStore(board);
  const columns = useColumns(board);
  const [asked, ask] = useAsked(columns);
  const named = useNamed();
  const { passing, sorted } = useRows(board, showing, columns, asked);
  const [part, setPart] = useState<(typeof parts)[number]>('both');
  const isNarrow = useMatches('(max-width: 900px)');
  const theme = useTheme();
  const { chosen, choose, demand, setDemand } = useAddress(showing);
  const { many } = showing.stations;
  const shownPart = isNarrow && part === 'both' ? 'map' : part;
  const frame = useFound(asked, passing);
  const exported = () =>
    shownQuery({
      rows: allOf(many),
      shown: passing,
      asked,
      idsOf: (n) => [showing.stations.id[n] ?? ''],
      filters: (it) => stationQuery(it, showing.stations, named),
    });
  const place = chosen === undefined ? -1 : sorted.indexOf(chosen);
  let body: ReactNode;
  if (error && many === 0) body = <Failure error={error} again={again} />;
  else if (isPending && many === 0) body = <Waiting />;
  else
    body = (
      <div className={`map-split is-${shownPart}`}>
        {shownPart !== 'table' && (
          <MapView
            showing={showing}
            rows={passing}
            demand={demand}
            chosen={chosen}
            onChoose={choose}
            theme={theme}
            frame={frame}
          >
            {showing.isPast && <Past at={showing.at} />}
            {passing.length === 0 && (
              <p className="map-sorry is-above">{t(many === 0 ? 'map.empty' : 'table.noMatch')}</p>
            )}
            {chosen !== undefined && <Card showing={showing} station={chosen} onClose={() => choose(undefined)} />}
          </MapView>
        )}
        {chosen !== undefined && shownPart === 'table' && (
          <Card showing={showing} station={chosen} onClose={() => choose(undefined)} />
        )}
        {shownPart !== 'map' && (
          <Grid
            label={t('map.table')}
            columns={columns}
            rows={sorted}
            total={sorted.length}
            rowKey={(n) => showing.stations.id[n] ?? ''}
            onOpen={choose}
            isSortable={() => true}
            chosen={place < 0 ? undefined : place}
            sort={asked.sort}
            onSort={(sort) => ask({ ...asked, sort })}
          >
            {many === 0 ? t('map.empty') : t('table.noMatch')}
          </Grid>
        )}
      </div>
    );
  return (
    <>
      <PageHead
        title={t('map.title')}
        note={many > 0 && <Counts showing={showing} rows={passing} />}
        actions={
          <>
            <Segmented
              aria-label={t('map.demand')}
              value={demand}
              onChange={setDemand}
              options={demands.map((it) => ({ value: it, label: t(`map.heat.${it}`) }))}
            />
            <Segmented
              aria-label={t('map.parts')}
              value={shownPart}
              onChange={setPart}
              options={parts
                .filter((it) => !isNarrow || it !== 'both')
                .map((it) => ({ value: it, label: t(`map.part.${it}`) }))}
            />
          </>
        }
      />
      <section className="table-box fills map-page" aria-label={t('map.title')}>
        <Toolbar
          name="map"
          columns={columns}
          rows={allOf(many)}
          asked={asked}
          ask={ask}
          shown={many > 0 ? passing.length : undefined}
          all={many}
          // The past is in no list.
          {...(!showing.isPast && { exportAs: 'stations', exported })}
        />
        {body}
        <Scrubber board={board} />
      </section>
    </>
  );
}

/** What was found: the map turns to it when nobody types any more. */
function useFound(asked: Asked, passing: readonly number[]): readonly number[] | undefined {
  const [frame, setFrame] = useState<readonly number[]>();
  const newest = useRef(passing);
  newest.current = passing;
  const wanted =
    asked.search || Object.keys(asked.filters).length > 0 ? JSON.stringify([asked.search, asked.filters]) : '';
  useEffect(() => {
    if (!wanted) return setFrame(undefined);
    const timer = setTimeout(() => newest.current.length > 0 && setFrame(newest.current), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return frame;
}

/** How things stand among the stations that are shown. */
function Counts({ showing: { states, at }, rows }: { showing: Showing; rows: readonly number[] }) {
  const { t } = useWords();
  const { count } = useFormats();
  let [online, ready, lastHour] = [0, 0, 0];
  for (const n of rows) {
    online += states.online[n]!;
    ready += states.ready[n]!;
    lastHour += states.swapsLastHour[n]!;
  }
  return (
    <>
      {t('map.counts', {
        stations: count(rows.length),
        online: count(online),
        ready: count(ready),
        lastHour: count(lastHour),
      })}{' '}
      <Age at={at} />
    </>
  );
}

function Past({ at }: { at: string }) {
  const { t } = useWords();
  const formats = useFormats();
  const ms = Date.parse(at);
  return (
    <p className="map-past" role="status">
      <Icon name="history" /> <strong>{t('map.historyAt', { time: formats.time(ms) })}</strong> {formats.date(ms)}
    </p>
  );
}

/** The chosen station and the field of demand stand in the address: a link shows the same. */
function useAddress({ stations }: Showing) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const put = useCallback(
    (given: Readonly<Record<string, string | undefined>>) =>
      void navigate({ to: '.', search: ((before: Search) => ({ ...before, ...given })) as never, replace: true }),
    [navigate],
  );
  return {
    chosen: search.station === undefined ? undefined : stations.at.get(search.station),
    choose: (n: number | undefined) => put({ station: n === undefined ? undefined : stations.id[n] }),
    demand: demands.find((it) => it === search.demand) ?? 'none',
    setDemand: (demand: Demand) => put({ demand: demand === 'none' ? undefined : demand }),
  };
}

let all: readonly number[] = [];
/** 0, 1, 2 … : made once for a number of stations. */
function allOf(many: number): readonly number[] {
  if (all.length !== many) all = Array.from({ length: many }, (_, n) => n);
  return all;
}
