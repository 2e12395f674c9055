import { useMemo } from 'react';
import type { Fade } from '#twin/api';
import { useFormats, useWords } from '../../words/index.ts';
import { useWidth } from '../pack/useWidth.ts';
import { chartOf } from './chart.ts';

const HEIGHT = 340;

/** Fade curves beside each other: a line for the middle pack, a band around nine of ten. What it shows is in the table, too. */
export function FadeChart({ fades, years }: { fades: readonly Fade[]; years: number }) {
  const { t } = useWords();
  const { number } = useFormats();
  const [box, measured] = useWidth();
  const width = Math.max(260, measured);
  const chart = useMemo(
    () => chartOf(fades, years, { width, height: HEIGHT, left: 52, right: 14, top: 12, bottom: 40 }),
    [fades, years, width],
  );
  return (
    <div ref={box} className="fade-chart">
      <svg role="img" width={width} height={HEIGHT} aria-label={t('whatIf.chart', { count: fades.length, years })}>
        {chart.ySteps.map(({ y, percent }) => (
          <g key={percent}>
            <line className="fade-grid" x1={52} x2={width - 14} y1={y} y2={y} />
            <text x={46} y={y + 4} textAnchor="end">
              {number(percent)} %
            </text>
          </g>
        ))}
        {chart.xSteps.map(({ x, year }) => (
          <text key={year} x={x} y={HEIGHT - 22} textAnchor="middle">
            {number(year)}
          </text>
        ))}
        <text x={(52 + width - 14) / 2} y={HEIGHT - 4} textAnchor="middle">
          {t('whatIf.axis')}
        </text>
        <line className="fade-end" x1={52} x2={width - 14} y1={chart.endY} y2={chart.endY} />
        {chart.curves.map(({ line, band }, n) => (
          <g key={fades[n]!.scenario} className={`fade is-${fades[n]!.scenario}`}>
            <path className="fade-band" d={band} />
            <path className="fade-line" d={line} />
          </g>
        ))}
      </svg>
    </div>
  );
}

/** How a scenario is drawn. */
export const Key = ({ of }: { of: Fade['scenario'] }) => (
  <svg className={`fade is-${of} fade-key`} width={26} height={12} aria-hidden="true">
    <rect className="fade-band" width={26} height={12} />
    <path className="fade-line" d="M0 6H26" />
  </svg>
);
