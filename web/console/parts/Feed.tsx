import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { useFormats } from './hooks.ts';
import { SwapLine } from './SwapLine.tsx';

const SHOWN = 60;

interface Props {
  readonly swaps: readonly Swap[];
  readonly names: ReadonlyMap<string, Station>;
  readonly onSelect: (stationId: string) => void;
}

/** Swaps as they happen: those under way first, then those that ended, the newest first. */
export function Feed({ swaps, names, onSelect }: Props) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const { open, over } = useMemo(() => {
    const isOpen = (it: Swap) => it.endedAt === null;
    const ended = swaps.filter((it) => !isOpen(it)).toSorted((a, b) => (a.endedAt! < b.endedAt! ? 1 : -1));
    return { open: swaps.filter(isOpen), over: ended.slice(0, SHOWN) };
  }, [swaps]);
  const list = (title: string, items: readonly Swap[]) =>
    items.length > 0 && (
      <>
        <h3 className="list-head">
          {title} <span>{count(items.length)}</span>
        </h3>
        <ul className="feed-list" aria-label={title}>
          {items.map((it) => (
            <SwapLine
              key={it.id}
              swap={it}
              stationName={names.get(it.stationId)?.name ?? it.stationId}
              onSelect={onSelect}
            />
          ))}
        </ul>
      </>
    );
  return (
    <section className="panel feed" aria-labelledby="feed-title">
      <header className="panel-head">
        <h2 id="feed-title">{t('swap.title')}</h2>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        {swaps.length === 0 && <p className="hollow">{t('swap.none')}</p>}
        {list(t('swap.underWay'), open)}
        {list(t('swap.recent'), over)}
      </div>
    </section>
  );
}
