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
        <dd className={sums.stations > 9_999 ? 'is-long' : undefined}>
          {count(sums.online)} <small>/ {count(sums.stations)}</small>
        </dd>
      </div>
      <div className={away > 0 ? 'is-bad' : undefined}>
        <dt>{t('wall.away')}</dt>
        <Large>{count(away)}</Large>
      </div>
      <div className={sums.empty > 0 ? 'is-low' : undefined}>
        <dt>{t('wall.empty')}</dt>
        <Large>{count(sums.empty)}</Large>
      </div>
      {shown.map((it) => (
        <div key={it}>
          <dt>{t(`wall.${it}`)}</dt>
          <Large>{count(sums[it])}</Large>
        </div>
      ))}
    </dl>
  );
}

/** As large as there is room for. */
const Large = ({ children }: { children: string }) => (
  <dd className={children.length > 5 ? (children.length > 6 ? 'is-longer' : 'is-long') : undefined}>{children}</dd>
);
