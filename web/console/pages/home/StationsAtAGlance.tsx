// The stations with the fewest packs to give: where a driver may soon wait.
import { Link } from '@tanstack/react-router';
import type { insightApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Network = Answer<typeof insightApi.network>;
const MOST = 10;

export function StationsAtAGlance({ network: { stations, at } }: { network: Network }) {
  const { t } = useWords();
  const { count, percent } = useFormats();
  const share = (it: Network['stations'][number]) => it.ready / Math.max(1, it.slots.length);
  const scarce = stations.toSorted((a, b) => share(a) - share(b)).slice(0, MOST);
  return (
    <section className="panel home-list is-wide" aria-labelledby="scarce">
      <h2 id="scarce">
        {t('home.scarce')} <HowComputed of="station.ready" what={t('home.scarce')} at={at} />
      </h2>
      <ul>
        {scarce.map((it) => (
          <li key={it.id}>
            <span className="home-what">
              <Link to={`/stations/${it.id}`}>{it.name}</Link>
            </span>
            <span className="home-bar" aria-hidden="true">
              <i className="is-ready" style={{ width: percentOf(it.ready, it.slots.length) }} />
              <i
                className="is-charging"
                style={{ width: percentOf(Math.min(it.charging, it.slots.length - it.ready), it.slots.length) }}
              />
            </span>
            <span className="number">
              {t('home.readyOf', {
                ready: count(it.ready),
                slots: count(it.slots.length),
                share: percent(100 * share(it)),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const percentOf = (part: number, whole: number): string => `${(100 * part) / Math.max(1, whole)}%`;
