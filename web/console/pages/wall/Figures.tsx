import type { FactName } from '../../explain/facts/index.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Showing } from '../map/data/board.ts';
import { type Sums, sumsOf } from './regions.ts';

/** In this order, each as it is explained. */
const shown = {
  swapping: 'wall.swapping',
  swapsLastHour: 'map.swapsLastHour',
  swapsToday: 'map.swapsToday',
  ready: 'network.ready',
  charging: 'map.charging',
  queue: 'map.queue',
} as const satisfies Partial<Record<keyof Sums, FactName>>;
const names = Object.keys(shown) as (keyof typeof shown)[];

/** The whole network in large numbers. */
export function Figures({ showing, rows }: { showing: Showing; rows: readonly number[] }) {
  const { t } = useWords();
  const { count } = useFormats();
  const sums = sumsOf(showing, rows);
  const away = sums.stations - sums.online;
  return (
    <dl className="wall-figures" aria-label={t('wall.figures')}>
      <div>
        <Title of="network.online">{t('wall.online')}</Title>
        <dd className={sums.stations > 9_999 ? 'is-long' : undefined}>
          {count(sums.online)} <small>/ {count(sums.stations)}</small>
        </dd>
      </div>
      <div className={away > 0 ? 'is-bad' : undefined}>
        <Title of="wall.away">{t('wall.away')}</Title>
        <Large>{count(away)}</Large>
      </div>
      <div className={sums.empty > 0 ? 'is-low' : undefined}>
        <Title of="wall.empty">{t('wall.empty')}</Title>
        <Large>{count(sums.empty)}</Large>
      </div>
      {names.map((it) => (
        <div key={it}>
          <Title of={shown[it]}>{t(`wall.${it}`)}</Title>
          <Large>{count(sums[it])}</Large>
        </div>
      ))}
    </dl>
  );
}

/** What the number is, and how it is computed, for whoever comes close with a pointer or a keyboard. */
const Title = ({ of, children }: { of: FactName; children: string }) => (
  <dt>
    {children} <HowComputed of={of} what={children} />
  </dt>
);

/** As large as there is room for. */
const Large = ({ children }: { children: string }) => (
  <dd className={children.length > 5 ? (children.length > 6 ? 'is-longer' : 'is-long') : undefined}>{children}</dd>
);
