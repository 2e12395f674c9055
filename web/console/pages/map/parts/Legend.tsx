import { State } from '../../../shell/State.tsx';
import { useWords } from '../../../words/index.ts';
import { conditions, moodOf } from '../data/moods.ts';

/** What the signs mean. */
export function Legend() {
  const { t } = useWords();
  return (
    <ul className="map-legend" aria-label={t('map.legend')}>
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
