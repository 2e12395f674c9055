// What an operator should look at, the newest on top.
import { insightApi } from '#insight/api';
import { useRead } from '../../api/read.ts';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useWords } from '../../words/index.ts';
import { kindInWords, weightOf } from '../anomalies/kinds.ts';
import type { Stations } from '../map/data/board.ts';

const MOST = 5;
const AGAIN_MS = 30_000;
const moods = { act: 'bad', look: 'low', know: 'calm' } as const;

export function Alarms({ stations }: { stations: Stations }) {
  const { t } = useWords();
  const { data } = useRead(insightApi.anomalies, { query: { limit: MOST } }, { on: ['anomaly'], everyMs: AGAIN_MS });
  return (
    <section className="wall-list" aria-labelledby="wall-alarms">
      <h2 id="wall-alarms">{t('wall.alarms')}</h2>
      {data?.items.length === 0 && <p className="quiet">{t('wall.noAlarms')}</p>}
      <ol>
        {data?.items.slice(0, MOST).map((it) => (
          <li key={it.id}>
            <State mood={moods[weightOf(it.kind)]}>{kindInWords(t, it.kind).title}</State>
            <Age at={it.at} always />
            <span className="wall-where">{stations.name[stations.at.get(it.stationId) ?? -1] ?? it.stationId}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
