// The network on a screen at the wall: 1920x1080, read from five metres, touched by nobody. Dark unless ?theme=light.
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { Theme } from '../../../shared/theme.ts';
import { Age } from '../../live/Age.tsx';
import { useNetworkNow } from '../../live/clock.ts';
import { useConnection } from '../../live/hooks.ts';
import { useStore } from '../../live/store.ts';
import { useSession } from '../../session/hooks.ts';
import type { Search } from '../../table/filters.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { MapView } from '../map/canvas/MapView.tsx';
import '../map/map.css';
import { useBoard } from '../map/useBoard.ts';
import { Alarms } from './Alarms.tsx';
import { Figures } from './Figures.tsx';
import { Region } from './Region.tsx';
import { Running } from './Running.tsx';
import { rowsOf } from './regions.ts';
import { useTurn } from './useTurn.ts';
import './wall.css';

const nothing = () => {};

export function Wall() {
  const { t } = useWords();
  const { board, error } = useBoard();
  const showing = useStore(board);
  const { stations } = showing;
  const theme: Theme = (useSearch({ strict: false }) as Search).theme === 'light' ? 'light' : 'dark';
  const turn = useTurn(stations.regions.length);
  const all = useMemo(() => rowsOf(stations), [stations]);
  const rows = useMemo(() => (turn === undefined ? all : rowsOf(stations, turn)), [all, stations, turn]);
  const scale = Math.max(1, (1.5 * innerWidth) / 1920);
  useAwake();
  return (
    <div className={`wall is-${theme}`}>
      <Head at={showing.at} />
      <Figures showing={showing} rows={all} />
      <section className="wall-map" aria-label={t('map.title')}>
        <Region showing={showing} rows={rows} region={turn} />
        <MapView
          showing={showing}
          rows={all}
          demand="none"
          chosen={undefined}
          onChoose={nothing}
          theme={theme}
          frame={rows}
          isStill
          scale={scale}
        />
        {error && stations.many === 0 && <p className="wall-sorry">{t('wall.waiting')}</p>}
      </section>
      <Running stations={stations} />
      <Alarms stations={stations} />
    </div>
  );
}

/** What this is, what time it is, and whether it is now. */
function Head({ at }: { at: string }) {
  const { t } = useWords();
  const formats = useFormats();
  const { config } = useSession();
  const { state, heardAt } = useConnection();
  const now = useNetworkNow(500);
  const isLive = state === 'live';
  return (
    <header className="wall-head">
      <h1>
        <Link to="/">{t('product')}</Link> · {t('wall.title')}
      </h1>
      {config?.simulated && (
        <span className="badge">{t('simulatedShort', { speed: formats.times(config.clockSpeed) })}</span>
      )}
      <p className="wall-clock">
        {formats.date(now)} <strong>{formats.seconds(now)}</strong> <small>{t('clock.zone')}</small>
      </p>
      <p className={`connection is-${state}`} role="status">
        {isLive || state === 'opening' ? t(`connection.${state}`) : t('wall.lost', { time: formats.seconds(heardAt) })}
      </p>
      {at && <Age at={at} />}
    </header>
  );
}

/** The screen is not to go dark while it hangs there; a browser that does not let us has settings for it. */
function useAwake(): void {
  useEffect(() => {
    const hold = () => void navigator.wakeLock?.request('screen').catch(nothing);
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => document.removeEventListener('visibilitychange', hold);
  }, []);
}
