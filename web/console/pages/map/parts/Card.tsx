// The chosen station in short; its page has the rest.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { FactName } from '../../../explain/facts/index.ts';
import { HowComputed } from '../../../explain/HowComputed.tsx';
import { Age } from '../../../live/Age.tsx';
import { State } from '../../../shell/State.tsx';
import { useFormats, useWords } from '../../../words/index.ts';
import type { Showing } from '../data/board.ts';
import { conditionOf, moodOf } from '../data/moods.ts';
import { useNamed } from './names.ts';

interface Props {
  readonly showing: Showing;
  readonly station: number;
  readonly onClose: () => void;
}

export function Card({ showing: { stations, states, at }, station: n, onClose }: Props) {
  const { t } = useWords();
  const { count, number } = useFormats();
  const named = useNamed();
  const head = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another station: its name is read out, and Escape works
  useLayoutEffect(() => head.current?.focus({ preventScroll: true }), [n]);
  const condition = conditionOf(states, n);
  const fact = (label: string, of: FactName | undefined, value: ReactNode) => (
    <>
      <dt>
        {label}
        {of && <HowComputed of={of} what={label} at={at} />}
      </dt>
      <dd className="number">{value}</dd>
    </>
  );
  const step = states.openSwap[n];
  return (
    <section className="panel map-card" aria-label={t('map.card')} onKeyDown={(it) => it.key === 'Escape' && onClose()}>
      <button
        type="button"
        className="plain-button is-icon map-card-close"
        aria-label={t('map.close')}
        onClick={onClose}
      >
        ×
      </button>
      <h2 ref={head} tabIndex={-1}>
        {stations.name[n]}
      </h2>
      <p className="quiet">{stations.id[n]}</p>
      <Link className="map-card-open" to={`/stations/${encodeURIComponent(stations.id[n]!)}`}>
        {t('map.open')}
      </Link>
      <p className="row">
        <State mood={moodOf[condition]}>{t(`map.condition.${condition}`)}</State>
        <Age at={at} />
      </p>
      <dl className="facts">
        {fact(t('map.column.ready'), 'station.ready', `${count(states.ready[n]!)} / ${count(states.slots[n]!)}`)}
        {fact(t('map.column.charging'), 'map.charging', count(states.charging[n]!))}
        {fact(t('map.column.queue'), 'map.queue', count(states.queue[n]!))}
        {fact(t('map.column.step'), undefined, step ? named.step(step) : t('map.none'))}
        {fact(t('map.column.swapsLastHour'), 'map.swapsLastHour', count(states.swapsLastHour[n]!))}
        {fact(t('map.column.swapsToday'), 'map.swapsToday', count(states.swapsToday[n]!))}
        {fact(t('map.column.anomalies'), 'map.anomalies', count(states.anomalies[n]!))}
        {fact(t('map.column.profile'), undefined, named.profile(stations.profiles[stations.profile[n]!]))}
        {fact(t('map.column.operator'), undefined, stations.operators[stations.operator[n]!] ?? '–')}
        {fact(t('map.column.region'), undefined, named.region(stations.regions[stations.region[n]!]))}
        {fact(t('map.place'), undefined, `${number(stations.lat[n]!, 5)}, ${number(stations.lon[n]!, 5)}`)}
      </dl>
    </section>
  );
}
