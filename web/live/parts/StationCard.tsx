import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { nameOf } from '../data/names.ts';
import { epochMs } from '../data/time.ts';
import { useFormats } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { SlotStrip } from './Slots.tsx';
import { Track, useStepName } from './Track.tsx';

/** Cards are all of one height, so that a list of thousands knows where each one stands. */
export const CARD_HEIGHT = 158;

interface Props {
  readonly station: Station;
  /** The running swap in full, when it is among the latest. */
  readonly swap: Swap | undefined;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

/** Drawn again only when its station changed. */
export const StationCard = memo(function StationCard({ station, swap, isSelected, onSelect }: Props) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const { id, ready, charging, swapsToday, openSwap, anomalies24h } = station;
  return (
    <article className={`card${isSelected ? ' is-selected' : ''}${station.online ? '' : ' is-offline'}`}>
      <header>
        <Presence online={station.online} />
        <h3>
          <button
            type="button"
            className="card-open"
            aria-pressed={isSelected}
            title={station.name}
            onClick={() => onSelect(id)}
          >
            {nameOf(station)}
          </button>
        </h3>
        {anomalies24h > 0 && (
          <span
            className="card-warning"
            title={t('stations.anomalies', { count: anomalies24h, shown: count(anomalies24h) })}
          >
            <Icon name="warning" />
            <span className="hidden">{t('stations.anomalies', { count: anomalies24h, shown: '' })}</span>
            {count(anomalies24h)}
          </span>
        )}
      </header>
      <p className="card-facts">
        <span className={!station.online ? '' : ready === 0 ? 'is-bad' : 'is-good'}>
          {t('stations.ready', { shown: count(ready) })}
        </span>
        <span>{t('stations.charging', { shown: count(charging) })}</span>
        <span>{t('stations.today', { count: swapsToday, shown: count(swapsToday) })}</span>
      </p>
      <SlotStrip station={station} />
      <footer>{openSwap ? <Running swap={swap ?? openSwap} /> : <Idle station={station} />}</footer>
    </article>
  );
});

function Running({ swap }: { swap: Swap | NonNullable<Station['openSwap']> }) {
  const nameOf = useStepName();
  return (
    <>
      <Track swap={swap} small />
      <span className="card-step">{nameOf(swap.state)}</span>
    </>
  );
}

function Idle({ station }: { station: Station }) {
  const { t } = useTranslation();
  const sentence = useOfflineSentence();
  return <span className="card-idle">{station.online ? t('stations.idle') : sentence(station)}</span>;
}

export function useOfflineSentence(): (station: Pick<Station, 'lastSeenAt'>) => string {
  const { t } = useTranslation();
  const { date, time } = useFormats();
  return ({ lastSeenAt: seen }) =>
    seen === null
      ? t('stations.never')
      : t('stations.offlineSince', { time: `${date(epochMs(seen))} ${time(epochMs(seen))}` });
}

export function Presence({ online }: { online: boolean }) {
  const { t } = useTranslation();
  const said = t(online ? 'stations.online' : 'stations.offline');
  return (
    <span className={`presence ${online ? 'is-online' : 'is-offline'}`} role="img" aria-label={said} title={said} />
  );
}
