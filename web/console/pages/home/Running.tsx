// Swaps under way, the longest-running first.
import { Link } from '@tanstack/react-router';
import type { insightApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useNetworkNow } from '../../live/clock.ts';
import { useMay } from '../../session/hooks.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { stateInWords } from '../swap/said.ts';

type Station = Answer<typeof insightApi.network>['stations'][number];
const MOST = 12;

export function Running({ stations }: { stations: readonly Station[] }) {
  const { t } = useWords();
  const { lasting } = useFormats();
  const now = useNetworkNow();
  const mayOpen = useMay('swap.see');
  const running = stations
    .flatMap(({ id, name, openSwap }) =>
      openSwap && openSwap.state !== 'reserved' ? [{ id, name, ...{ swap: openSwap } }] : [],
    )
    .toSorted((a, b) => a.swap.startedAt.localeCompare(b.swap.startedAt));
  return (
    <section className="panel home-list" aria-labelledby="running">
      <h2 id="running">{t('home.running')}</h2>
      {running.length === 0 && <p className="quiet">{t('home.noneRunning')}</p>}
      <ul>
        {running.slice(0, MOST).map(({ id, name, swap }) => (
          <li key={swap.id}>
            <span className="home-what">{mayOpen ? <Link to={`/swaps/${swap.id}`}>{name}</Link> : name}</span>
            <span>{stateInWords(t, swap.state)}</span>
            <span className="number">{lasting(now - Date.parse(swap.startedAt))}</span>
            <span className="hidden">{id}</span>
          </li>
        ))}
      </ul>
      {running.length > MOST && <p className="quiet">{t('home.more', { count: running.length - MOST })}</p>}
    </section>
  );
}
