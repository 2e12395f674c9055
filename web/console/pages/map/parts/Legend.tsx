import { State } from '../../../shell/State.tsx';
import { useWords } from '../../../words/index.ts';
import type { Demand } from '../canvas/StationMap.ts';
import { conditions, moodOf } from '../data/moods.ts';

/** What the signs and the colours of the field mean. */
export function Legend({ demand }: { demand: Demand }) {
  const { t } = useWords();
  return (
    <ul className="map-legend" aria-label={t('map.legend')}>
      {demand !== 'none' && (
        <li>
          {t('map.few')} <span className="map-heat" aria-hidden="true" /> {t('map.much')}
        </li>
      )}
      {conditions
        .slice(0, 4)
        .toReversed()
        .map((it) => (
          <li key={it}>
            <State mood={moodOf[it]}>{t(`map.condition.${it}`)}</State>
          </li>
        ))}
      <li className="quiet">{t('map.legendRing')}</li>
    </ul>
  );
}
