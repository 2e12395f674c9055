// What a station is: what hardly ever changes.
import { useFormats, useWords } from '../../words/index.ts';
import { kindInWords } from '../stations/said.ts';
import type { Twin } from './Station.tsx';

export function StationFacts({ station: it }: { station: Twin['station'] }) {
  const { t } = useWords();
  const formats = useFormats();
  const none = t('station.facts.none');
  const time = (at: string | null) => (at ? formats.dateTime(Date.parse(at)) : none);
  const order =
    it.swapOrder === 'In-Out'
      ? t('station.facts.inOut')
      : it.swapOrder === 'Out-In'
        ? t('station.facts.outIn')
        : it.swapOrder;
  const rows: readonly (readonly [string, string])[] = [
    [t('station.facts.operator'), it.operatorId],
    [t('station.facts.region'), it.region ?? none],
    [t('station.facts.profile'), kindInWords(t, it.profile)],
    [t('station.facts.preset'), it.presetId],
    [t('station.facts.bays'), formats.count(it.bays)],
    [t('station.facts.swapSeconds'), t('station.facts.seconds', { seconds: formats.number(it.swapSeconds) })],
    [t('station.facts.powerLimit'), formats.power(it.powerLimitW)],
    [t('station.facts.swapOrder'), order],
    [t('station.facts.vendor'), [it.vendor, it.model].filter(Boolean).join(' ') || none],
    [t('station.facts.firmware'), it.firmware ?? none],
    [t('station.facts.security'), String(it.securityProfile)],
    [t('station.facts.boot'), time(it.lastBootAt)],
    [t('station.facts.registered'), time(it.registeredAt)],
    [t('station.facts.zone'), it.timeZone],
    [t('station.facts.place'), `${formats.number(it.place.latitude, 5)}, ${formats.number(it.place.longitude, 5)}`],
  ];
  return (
    <dl className="facts is-flush">
      {rows.map(([title, value]) => (
        <div key={title} className="contents">
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
