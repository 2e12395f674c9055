import { useFormats, useWords } from '../../words/index.ts';
import type { Showing } from '../map/data/board.ts';
import { type Sums, sumsOf } from './regions.ts';

const shown = [
  'swapping',
  'swapsLastHour',
  'swapsToday',
  'ready',
  'charging',
  'queue',
] as const satisfies (keyof Sums)[];

/** The whole network in large numbers. */
export function Figures({ showing, rows }: { showing: Showing; rows: readonly number[] }) {
  const { t } = useWords();
  const { count } = useFormats();
  const sums = sumsOf(showing, rows);
  const away = sums.stations - sums.online;
  return (
    <dl className="wall-figures" aria-label={t('wall.figures')}>
      <div>
        <dt>{t('wall.online')}</dt>
        <dd>
          {count(sums.online)} <small>/ {count(sums.stations)}</small>
        </dd>
      </div>
      <div className={away > 0 ? 'is-bad' : undefined}>
        <dt>{t('wall.away')}</dt>
        <dd>{count(away)}</dd>
      </div>
      <div className={sums.empty > 0 ? 'is-low' : undefined}>
        <dt>{t('wall.empty')}</dt>
        <dd>{count(sums.empty)}</dd>
      </div>
      {shown.map((it) => (
        <div key={it}>
          <dt>{t(`wall.${it}`)}</dt>
          <dd>{count(sums[it])}</dd>
        </div>
      ))}
    </dl>
  );
}
