import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { nameOf } from '../data/names.ts';
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
  const { running, reserved, over } = useMemo(() => grouped(swaps), [swaps]);
  const lines = (items: readonly Swap[], title: string) => (
    <ul className="feed-list" aria-label={title}>
      {items.map((it) => {
        const station = names.get(it.stationId);
        const name = station ? nameOf(station) : it.stationId;
        return <SwapLine key={it.id} swap={it} stationName={name} onSelect={onSelect} />;
      })}
    </ul>
  );
  const list = (title: string, items: readonly Swap[]) =>
    items.length > 0 && (
      <>
        <h3 className="list-head">
          {title} <span>{count(items.length)}</span>
        </h3>
        {lines(items, title)}
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
        {list(t('swap.underWay'), running)}
        {reserved.length > 0 && (
          <details className="reserved">
            <summary className="list-head">
              {t('swap.reserved')} <span>{count(reserved.length)}</span>
            </summary>
            {lines(reserved, t('swap.reserved'))}
          </details>
        )}
        {list(t('swap.recent'), over)}
      </div>
    </section>
  );
}

/** Those who are there, those who are on their way, those who left; each the newest first. */
function grouped(swaps: readonly Swap[]) {
  const open = swaps.filter((it) => it.endedAt === null);
  const ended = swaps.filter((it) => it.endedAt !== null);
  return {
    running: open.filter((it) => it.state !== 'reserved'),
    reserved: open.filter((it) => it.state === 'reserved'),
    over: ended.toSorted((a, b) => (a.endedAt! < b.endedAt! ? 1 : -1)).slice(0, SHOWN),
  };
}
