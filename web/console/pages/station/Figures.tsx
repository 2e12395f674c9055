// The figures of a station, each with how it is computed.
import type { ReactNode } from 'react';
import type { FactName } from '../../explain/facts/index.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { oldestReading } from './oldestReading.ts';
import type { Twin } from './Station.tsx';

export function Figures({ twin }: { twin: Twin }) {
  const { t } = useWords();
  const formats = useFormats();
  const { at, station, today } = twin;
  const packs = oldestReading(twin.slots, (it) => it.packCode !== null);
  const flows = oldestReading(twin.slots, (it) => it.powerW > 0) ?? packs;
  return (
    <dl className="figures" aria-label={t('station.figures.label')}>
      <Figure
        of="station.ready"
        at={at}
        asOf={packs}
        title={t('station.figures.ready')}
        value={formats.count(twin.ready)}
        note={t('station.figures.ofSlots', { slots: formats.count(twin.slots.length) })}
      />
      <Figure
        of="station.charging"
        at={at}
        asOf={flows}
        title={t('station.figures.charging')}
        value={formats.count(twin.charging)}
        note={t('station.figures.ofSlots', { slots: formats.count(twin.slots.length) })}
      />
      <Figure
        of="station.power"
        at={at}
        asOf={flows}
        title={t('station.figures.power')}
        value={formats.power(twin.powerW)}
        exact={`${Math.round(twin.powerW)} W`}
        note={t('station.figures.ofLimit', { limit: formats.power(station.powerLimitW) })}
      />
      <Figure
        of="station.queue"
        at={at}
        title={t('station.figures.queue')}
        value={formats.count(twin.queue.length)}
        note={t('station.figures.queueNote', { count: twin.queue.length })}
      />
      <Figure
        of="station.swapsToday"
        at={at}
        title={t('station.figures.today')}
        value={formats.count(today.swaps)}
        note={t('station.figures.lastHour', { swaps: formats.count(today.swapsLastHour) })}
      />
      <Figure
        of="station.energyToday"
        at={at}
        title={t('station.figures.energy')}
        value={formats.energy(today.energyWh)}
        exact={`${today.energyWh} Wh`}
        note={t('station.figures.energyNote')}
      />
      <Figure
        of="station.revenueToday"
        at={at}
        title={t('station.figures.revenue')}
        value={formats.yuan(today.revenueFen)}
        exact={`${today.revenueFen} fen`}
        note={t('station.figures.revenueNote')}
      />
      <Figure
        of="station.anomalies24h"
        at={at}
        title={t('station.figures.anomalies')}
        value={formats.count(twin.anomalies24h)}
        note={t('station.figures.anomaliesNote')}
      />
    </dl>
  );
}

interface Props {
  readonly of: FactName;
  /** When the server reckoned it. */
  readonly at: string;
  /** When the oldest reading behind it was measured; said when it is not fresh. */
  readonly asOf?: string | undefined;
  readonly title: string;
  readonly value: string;
  readonly exact?: string;
  readonly note: ReactNode;
}

function Figure({ of, at, asOf, title, value, exact, note }: Props) {
  return (
    <div className="figure">
      <dt>
        {title}
        <HowComputed of={of} what={title} at={asOf ?? at} {...(exact && { exact })} />
      </dt>
      <dd>
        <strong>{value}</strong> <small className="quiet">{note}</small> {asOf && <Age at={asOf} />}
      </dd>
    </div>
  );
}
