import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { nameOf } from '../data/names.ts';
import { chargingW } from '../data/slots.ts';
import { epochMs, networkTime } from '../data/time.ts';
import type { View } from '../data/view.ts';
import { useFormats, useNow } from './hooks.ts';
import { SlotGrid } from './Slots.tsx';
import { Presence, useAwaySentence } from './StationCard.tsx';
import { SwapLine } from './SwapLine.tsx';
import { Track, useStepName } from './Track.tsx';

/** One station in full. */
export function Detail({ station, view }: { station: Station | undefined; view: View }) {
  const { t } = useTranslation();
  const awaySentence = useAwaySentence();
  if (!station)
    return (
      <section className="panel detail" aria-label={t('detail.title')}>
        <p className="hollow">{t('detail.none')}</p>
      </section>
    );
  const away = awaySentence(station);
  const own = view.swaps.filter((it) => it.stationId === station.id);
  return (
    <section className="panel detail" aria-labelledby="detail-title">
      <header className="panel-head">
        <Presence station={station} />
        <h2 id="detail-title">{nameOf(station)}</h2>
        <span className="quiet detail-kind">
          {t(`profile.${station.profile}`)} · <code>{station.id}</code>
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        {away !== undefined && <p className="detail-offline">{away}</p>}
        <Facts station={station} />
        <SlotGrid station={station} />
        {station.openSwap && (
          <Running swap={own.find((it) => it.id === station.openSwap?.id) ?? station.openSwap} view={view} />
        )}
        <h3 className="list-head">{t('detail.lastSwaps')}</h3>
        <Latest swaps={own.filter((it) => it.endedAt !== null).slice(0, 5)} station={station} />
      </div>
    </section>
  );
}

function Facts({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { count, power } = useFormats();
  const facts = [
    [t('detail.ready'), count(station.ready)],
    [t('detail.charging'), count(station.charging)],
    [t('detail.today'), count(station.swapsToday)],
    [t('detail.power'), power(chargingW(station))],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Running({ swap, view }: { swap: Swap | NonNullable<Station['openSwap']>; view: View }) {
  const { t } = useTranslation();
  const stepName = useStepName();
  const { lasting } = useFormats();
  const now = useNow(500);
  const { network, fetchedAt } = view;
  const at =
    network && fetchedAt !== undefined && view.connection !== 'lost' && networkTime(network, { fetchedAt, now });
  return (
    <div className="running">
      <p>
        <strong>{stepName(swap.state)}</strong>
        {at && <span className="quiet">{t('swap.running', { time: lasting(at - epochMs(swap.startedAt)) })}</span>}
      </p>
      <Track swap={swap} />
    </div>
  );
}

function Latest({ swaps, station }: { swaps: readonly Swap[]; station: Station }) {
  const { t } = useTranslation();
  if (swaps.length === 0) return <p className="hollow">{t('detail.noSwaps')}</p>;
  return (
    <ul className="feed-list">
      {swaps.map((it) => (
        <SwapLine key={it.id} swap={it} stationName={nameOf(station)} />
      ))}
    </ul>
  );
}
