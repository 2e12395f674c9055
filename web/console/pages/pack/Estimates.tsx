// Our estimates in the chart: a line with its band, and what each charge showed when pointed at.
import { useFormats, useWords } from '../../words/index.ts';
import type { Chart, Estimated } from './chart.ts';
import type { Story } from './Pack.tsx';

type All = Story['health']['estimates'];

/** Those that say something. */
export const saidOf = (estimates: All): Estimated[] =>
  estimates.flatMap(({ at, soh }) => (soh ? [{ at, soh: soh.value, lower: soh.lower, upper: soh.upper }] : []));

export function Estimates({ chart, estimates }: { chart: Chart; estimates: All }) {
  const { t } = useWords();
  const { dateTime, number } = useFormats();
  const places = chart.estimates;
  if (places.length === 0) return null;
  const line = (of: (it: (typeof places)[number]) => number) =>
    places.map((it) => `${it.x.toFixed(1)} ${of(it).toFixed(1)}`);
  const band = [...line((it) => it.upper), ...line((it) => it.lower).toReversed()];
  return (
    <>
      <path className="soh-band" d={`M${band.join('L')}Z`} />
      <path className="soh-estimate" d={`M${line((it) => it.y).join('L')}`} />
      {saidOf(estimates).map((it, n) => (
        <path key={it.at} className="soh-cross" d={crossAt(places[n]!)}>
          <title>
            {t('pack.estimated.point', {
              at: dateTime(Date.parse(it.at)),
              soh: number(it.soh, 1),
              lower: number(it.lower, 1),
              upper: number(it.upper, 1),
            })}
          </title>
        </path>
      ))}
    </>
  );
}

/** Through the middle, from bound to bound. */
const crossAt = ({ x, y, lower, upper }: { x: number; y: number; lower: number; upper: number }): string =>
  `M${x - 4} ${y}h8M${x} ${lower}V${upper}`;

/** As it is drawn, for the legend. */
export const EstimateMark = () => (
  <svg width={12} height={12} aria-hidden="true">
    <path className="soh-cross" d={crossAt({ x: 6, y: 6, lower: 12, upper: 0 })} />
  </svg>
);
