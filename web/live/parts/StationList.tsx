import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { columnsIn, rowsInSight } from '../data/window.ts';
import { useSize } from './hooks.ts';
import { CARD_HEIGHT, StationCard } from './StationCard.tsx';

const NARROWEST = 290;
const GAP = 10;

interface Props {
  readonly stations: readonly Station[];
  readonly swaps: readonly Swap[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** Cards in a grid; of thousands only those in sight are drawn. */
export function StationList({ stations, swaps, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const [top, setTop] = useState(0);
  const columns = columnsIn(width, NARROWEST, GAP);
  const isMeasured = height > 0;
  const rowHeight = CARD_HEIGHT + GAP;
  const rows = Math.ceil(stations.length / columns);
  const { first, end } = rowsInSight({ top, height }, rowHeight, rows);
  const running = useMemo(() => new Map(swaps.map((it) => [it.id, it])), [swaps]);
  const shown = stations.slice(first * columns, end * columns);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls, not a list that changed; and not before it is known how many columns there are
  useEffect(() => {
    // Chosen on the map: bring its card into sight, gently and only if it is not there.
    const index = stations.findIndex((it) => it.id === selected);
    const y = Math.floor(index / columns) * rowHeight;
    const at = box.current;
    if (isMeasured && index >= 0 && at && (y < at.scrollTop || y + rowHeight > at.scrollTop + at.clientHeight))
      at.scrollTo({ top: y });
  }, [selected, isMeasured]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <div className="scroll" ref={box} tabIndex={0} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <ul
        className="cards"
        aria-label={t('stations.title')}
        style={{ '--columns': columns, height: rows * rowHeight, paddingTop: first * rowHeight } as CSSProperties}
      >
        {shown.map((it, index) => (
          <li key={it.id} aria-setsize={stations.length} aria-posinset={first * columns + index + 1}>
            <StationCard
              station={it}
              swap={it.openSwap ? running.get(it.openSwap.id) : undefined}
              isSelected={it.id === selected}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
