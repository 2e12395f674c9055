import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { standingOf } from '../data/filter.ts';
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
    <article
      className={`card${isSelected ? ' is-selected' : ''}${standingOf(station) === 'online' ? '' : ' is-offline'}`}
    >
      <header>
        <Presence station={station} />
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
        <span className={standingOf(station) !== 'online' ? '' : ready === 0 ? 'is-bad' : 'is-good'}>
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
  const sentence = useAwaySentence();
  return <span className="card-idle">{sentence(station) ?? t('stations.idle')}</span>;
}

/** Why there is no swap at a station; nothing where there may be one. */
export function useAwaySentence(): (
  station: Pick<Station, 'online' | 'outOfUse' | 'lastSeenAt'>,
) => string | undefined {
  const { t } = useTranslation();
  const { date, time } = useFormats();
  const moment = (it: string) => `${date(epochMs(it))} ${time(epochMs(it))}`;
  return (station) => {
    const { outOfUse, lastSeenAt: seen } = station;
    if (standingOf(station) === 'offline')
      return seen === null ? t('stations.never') : t('stations.offlineSince', { time: moment(seen) });
    return outOfUse ? t('stations.outOfUseSince', { time: moment(outOfUse.since) }) : undefined;
  };
}

export function Presence({ station }: { station: Pick<Station, 'online' | 'outOfUse'> }) {
  const { t } = useTranslation();
  const standing = standingOf(station);
  const said = t(`stations.${standing}`);
  const look = standing === 'online' ? 'is-online' : 'is-offline';
  return <span className={`presence ${look}`} role="img" aria-label={said} title={said} />;
}
