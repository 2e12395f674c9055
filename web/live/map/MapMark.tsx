import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station } from '../data/contract.ts';
import { standingOf } from '../data/filter.ts';
import { nameOf } from '../data/names.ts';
import { useFormats } from '../parts/hooks.ts';
import type { Mark } from './arrange.ts';

interface Props {
  readonly mark: Mark<Station>;
  readonly isFirst: boolean;
  readonly isDim: boolean;
  readonly isSelected: boolean;
  readonly onChoose: (mark: Mark<Station>) => void;
}

/** A ring whose parts are the slots with a ready pack, a charging one, and the rest; the number inside: packs ready. */
export function MapMark({ mark, isFirst, isDim, isSelected, onChoose }: Props) {
  const { x, y, radius, items } = mark;
  const name = useName(mark);
  const { count } = useFormats();
  const isOffline = items.every((it) => standingOf(it) !== 'online');
  const isSwapping = items.some((it) => it.openSwap !== null && it.openSwap.state !== 'reserved');
  const isMany = items.length > 1;
  const { ready, charging } = shares(items);
  const classes = [
    'mark',
    isOffline && 'is-offline',
    isDim && 'is-dim',
    isSelected && 'is-selected',
    isMany && 'is-heap',
  ];
  const byKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose(mark);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      className={classes.filter(Boolean).join(' ')}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      role="button"
      tabIndex={isFirst ? 0 : -1}
      data-stop
      aria-label={name}
      onClick={() => onChoose(mark)}
      onKeyDown={byKey}
    >
      <title>{name}</title>
      {isSwapping && !isMany && <circle className="mark-pulse" r={radius} />}
      <circle className="mark-focus" r={radius + 4} />
      <circle className="mark-ground" r={radius} />
      <circle
        className="mark-arc is-ready"
        r={radius - 1.5}
        pathLength={100}
        strokeDasharray={`${ready} ${100 - ready}`}
      />
      <circle
        className="mark-arc is-charging"
        r={radius - 1.5}
        pathLength={100}
        strokeDasharray={`${charging} ${100 - charging}`}
        strokeDashoffset={-ready}
      />
      <text className="mark-number">{isMany ? count(items.length) : isOffline ? '×' : items[0]!.ready}</text>
    </g>
  );
}

function useName({ items }: Mark<Station>): string {
  const { t } = useTranslation();
  const { count } = useFormats();
  const ready = count(items.reduce((sum, it) => sum + it.ready, 0));
  if (items.length > 1) return t('map.heap', { count: items.length, shown: count(items.length), ready });
  const name = nameOf(items[0]!);
  return t('map.station', { name, ready, state: t(`stations.${standingOf(items[0]!)}`) });
}

/** Percent of all slots; a charging pack that is ready already counts as ready. */
function shares(stations: readonly Station[]): { ready: number; charging: number } {
  const sum = (of: (it: Station) => number) => stations.reduce((all, it) => all + of(it), 0);
  const slots = Math.max(
    1,
    sum((it) => it.slots.length),
  );
  const ready = (100 * sum((it) => it.ready)) / slots;
  return { ready, charging: Math.min(100 - ready, (100 * sum((it) => it.charging)) / slots) };
}
