// What a station told of the pack in a slot outside of any charge, read back out of the messages that are kept: MeterValues,
// and the slot's own thermometer by NotifyEvent.
import type { Work } from '#kernel';
import { isNamed } from '#station';
import type { Instant, SlotNo, StationId } from '#units';
import { type ChargeSample, CLOCKS_DIFFER_MINUTES, field, instantIn, listed, payloadOf, sampleIn } from './charge.ts';
import { framesOf } from './inbox.ts';

export interface WhichSlot {
  readonly stationId: StationId;
  readonly slotNo: SlotNo;
  readonly from: Instant;
  readonly to: Instant;
  /** The newest so many messages. */
  readonly most: number;
}

/** In time order; of one moment in the order told. */
export async function slotSamples(
  work: Work,
  { slotNo, from, to, ...it }: WhichSlot,
): Promise<readonly ChargeSample[]> {
  const frames = await framesOf(work, {
    ...it,
    actions: ['MeterValues', 'NotifyEvent'],
    from: from.subtract({ minutes: CLOCKS_DIFFER_MINUTES }),
    to: to.add({ minutes: CLOCKS_DIFFER_MINUTES }),
  });
  return frames
    .map(payloadOf)
    .flatMap((payload) => [...metered(payload, slotNo), ...noticed(payload, slotNo)])
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
}

const metered = (payload: unknown, slotNo: SlotNo): ChargeSample[] =>
  field(payload, 'evseId') === slotNo
    ? listed(field(payload, 'meterValue')).flatMap((value) => sampleIn(value) ?? [])
    : [];

function noticed(payload: unknown, slotNo: SlotNo): ChargeSample[] {
  return listed(field(payload, 'eventData')).flatMap((event) => {
    const component = field(event, 'component');
    const [name, variable] = [field(component, 'name'), field(field(event, 'variable'), 'name')];
    if (typeof name !== 'string' || typeof variable !== 'string') return [];
    if (!isNamed(name, 'BatteryCartridge') || !isNamed(variable, 'Temperature')) return [];
    if (field(field(component, 'evse'), 'id') !== slotNo) return [];
    const [text, at] = [field(event, 'actualValue'), instantIn(field(event, 'timestamp'))];
    const celsius = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
    return at && Number.isFinite(celsius) ? [{ at, probesC: [celsius] }] : [];
  });
}
