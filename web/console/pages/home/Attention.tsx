// What an operator should look at: the newest anomalies, and stations that are away.
import { Link } from '@tanstack/react-router';
import { insightApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useWords } from '../../words/index.ts';
import { kindInWords } from '../anomalies/kinds.ts';

type Station = Answer<typeof insightApi.network>['stations'][number];
const MOST = 8;

export function Attention({ stations }: { stations: readonly Station[] }) {
  const { t } = useWords();
  const { data } = useRead(insightApi.anomalies, { query: { limit: MOST } }, { on: ['anomaly'] });
  const names = new Map(stations.map((it) => [it.id as string, it.name]));
  const away = stations.filter((it) => !it.online);
  const isCalm = away.length === 0 && data?.items.length === 0;
  return (
    <section className="panel home-list" aria-labelledby="attention">
      <h2 id="attention">
        {t('home.attention')} <Link to="/anomalies">{t('home.all')}</Link>
      </h2>
      {isCalm && <p className="quiet">{t('home.calm')}</p>}
      <ul>
        {away.slice(0, MOST).map((it) => (
          <li key={it.id}>
            <span className="home-what">
              <Link to={`/stations/${it.id}`}>{it.name}</Link>
            </span>
            <State mood="bad">{t('home.offline')}</State>
            {it.lastSeenAt ? <Age at={it.lastSeenAt} always /> : <span className="quiet">{t('home.never')}</span>}
          </li>
        ))}
        {data?.items.map((it) => (
          <li key={it.id}>
            <span className="home-what" title={it.sentence}>
              {names.get(it.stationId) ?? it.stationId}: {kindInWords(t, it.kind).title}
            </span>
            <span className="quiet">{it.times > 1 ? `×${it.times}` : ''}</span>
            <Age at={it.at} always />
          </li>
        ))}
      </ul>
    </section>
  );
}
