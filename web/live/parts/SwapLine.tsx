import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Swap } from '../data/contract.ts';
import { progressOf } from '../data/steps.ts';
import { epochMs } from '../data/time.ts';
import { useFormats } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { Track, useStepName } from './Track.tsx';

interface Props {
  readonly swap: Swap;
  readonly stationName: string;
  readonly onSelect?: (stationId: string) => void;
}

/** One swap: when, where, how far, which packs, what it came to. */
export const SwapLine = memo(function SwapLine({ swap, stationName, onSelect }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useStepName();
  const { mood } = progressOf(swap);
  const at = swap.endedAt ?? swap.startedAt;
  return (
    <li className={`swap mood-${mood}`} data-swap={swap.id}>
      <time dateTime={at}>{formats.time(epochMs(at))}</time>
      <div className="swap-body">
        <p className="swap-head">
          {onSelect ? (
            <button type="button" className="link" onClick={() => onSelect(swap.stationId)}>
              {stationName}
            </button>
          ) : (
            <span className="link">{nameOf(swap.state)}</span>
          )}
          {onSelect && <span className={`state mood-${mood}`}>{nameOf(swap.state)}</span>}
        </p>
        {mood === 'going' && <Track swap={swap} small />}
        <Packs name={t('swap.packIn')} packs={swap.returned} />
        <Packs name={t('swap.packOut')} packs={swap.given} />
        {swap.totalFen !== null && (
          <p className="swap-sum">
            <span>{formats.energy(swap.netWh ?? 0)}</span>
            <strong>{formats.yuan(swap.totalFen)}</strong>
          </p>
        )}
        {swap.problems.map((it) => (
          <p key={it} className="swap-problem">
            <Icon name="warning" />
            <span>
              <span className="hidden">{t('swap.problem')}: </span>
              {it}
            </span>
          </p>
        ))}
      </div>
    </li>
  );
});

function Packs({ name, packs }: { name: string; packs: Swap['given'] }) {
  const formats = useFormats();
  return packs.map(({ code, soc }) => (
    <p key={code} className="swap-pack">
      <span className="quiet">{name}</span>
      <code title={code}>…{code.slice(-12)}</code>
      <meter min={0} max={100} low={30} high={80} optimum={100} value={soc} aria-hidden="true" />
      <span className="number">{formats.percent(soc)}</span>
    </p>
  ));
}
