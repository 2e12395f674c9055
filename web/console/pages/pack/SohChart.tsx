import { useMemo } from 'react';
import { useFormats, useWords } from '../../words/index.ts';
import { chartOf } from './chart.ts';
import { EstimateMark, Estimates, saidOf } from './Estimates.tsx';
import type { Story } from './Pack.tsx';
import { useWidth } from './useWidth.ts';

const HEIGHT = 190;
const DAY_MS = 86_400_000;

/** What was reported: a full dot when returned, a ring when handed out, a square for now; over our estimates with their band. */
export function SohChart({ health: { series, estimates } }: { health: Story['health'] }) {
  const { t } = useWords();
  const { dateTime, day, time, number } = useFormats();
  const [box, width] = useWidth();
  const chart = useMemo(() => {
    const box = { width: Math.max(240, width), height: HEIGHT, left: 48, right: 14, top: 12, bottom: 26 };
    return chartOf(series, box, saidOf(estimates));
  }, [series, estimates, width]);
  const [first, last] = [series[0]!, series.at(-1)!];
  const stamp = (ms: number) => (chart.spanMs < DAY_MS ? time(ms) : day(ms));
  const path = chart.points.map(({ x, y }, n) => `${n === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  const end = Math.max(240, width) - 14;
  return (
    <div ref={box} className="soh-chart">
      <svg
        role="img"
        width={Math.max(240, width)}
        height={HEIGHT}
        aria-label={t('pack.chart', {
          first: number(first.soh, 1),
          last: number(last.soh, 1),
          points: series.length,
          from: dateTime(Date.parse(first.at)),
          to: dateTime(Date.parse(last.at)),
        })}
      >
        {chart.ySteps.map(({ y, percent }) => (
          <g key={percent}>
            <line className="soh-grid" x1={48} x2={end} y1={y} y2={y} />
            <text x={42} y={y + 4} textAnchor="end">
              {number(percent, 1)} %
            </text>
          </g>
        ))}
        {chart.xSteps.map(({ x, ms }, n) => (
          <text
            key={ms}
            x={x}
            y={HEIGHT - 6}
            textAnchor={
              chart.xSteps.length === 1
                ? 'middle'
                : n === 0
                  ? 'start'
                  : n === chart.xSteps.length - 1
                    ? 'end'
                    : 'middle'
            }
          >
            {stamp(ms)}
          </text>
        ))}
        <Estimates chart={chart} estimates={estimates} />
        <path className="soh-line" d={path} />
        {series.map((it, n) => (
          <Mark key={`${it.at} ${it.from}`} from={it.from} {...chart.points[n]!}>
            {t('pack.point', {
              at: dateTime(Date.parse(it.at)),
              soh: number(it.soh, 1),
              soc: number(it.soc, 1),
              from: t(`pack.from.${it.from}`),
            })}
          </Mark>
        ))}
      </svg>
      <p className="soh-legend quiet" aria-hidden="true">
        {(['returned', 'given', 'slot'] as const)
          .filter((from) => series.some((it) => it.from === from))
          .map((from) => (
            <span key={from}>
              <svg width={12} height={12} aria-hidden="true">
                <Mark from={from} x={6} y={6} />
              </svg>{' '}
              {t(`pack.from.${from}`)}
            </span>
          ))}
        {chart.estimates.length > 0 && (
          <span>
            <EstimateMark /> {t('pack.estimated.legend')}
          </span>
        )}
      </p>
    </div>
  );
}

interface MarkProps {
  readonly from: Story['health']['series'][number]['from'];
  readonly x: number;
  readonly y: number;
  readonly children?: string;
}

function Mark({ from, x, y, children }: MarkProps) {
  const title = children && <title>{children}</title>;
  if (from === 'slot')
    return (
      <rect className="soh-mark" x={x - 4} y={y - 4} width={8} height={8}>
        {title}
      </rect>
    );
  return (
    <circle className={from === 'given' ? 'soh-mark is-ring' : 'soh-mark'} cx={x} cy={y} r={3.5}>
      {title}
    </circle>
  );
}
