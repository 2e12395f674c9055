// Readings that cannot be: no slot delivers more than it can, and no register runs backwards. What is impossible is set
// aside with a line for the operator: not booked, and not lost either, for the next possible reading shows it all.
import { packModels, stationPresets } from '#pack';
import type { StationId, W, Wh } from '#units';
import type { Anomaly } from './anomaly.ts';
import type { ChargingEvent, Transaction } from './transaction.ts';

/** An empty pack draws more than the average of its whole charging; nobody draws three times as much. */
const ABOVE_AVERAGE = 3;
/** One transaction charges one pack once: with losses, cooling and balancing that never takes twice what the largest pack holds. */
const ABOVE_CAPACITY = 2;
/** So much may two good clocks differ. */
const CLOCKS_DIFFER_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/** The most that a slot can do, with a margin. */
export interface SlotLimit {
  /** At any moment. */
  readonly powerW: W;
  /** In one transaction, however long it is. */
  readonly chargeWh: Wh;
}

export const unlimited: SlotLimit = {
  powerW: Number.POSITIVE_INFINITY as W,
  chargeWh: Number.POSITIVE_INFINITY as Wh,
};

const limits = new Map(
  stationPresets.map(({ id, families, powerLimitW, chargeTurnHours }) => {
    const largestWh = Math.max(...packModels.filter((it) => families.includes(it.family)).map((it) => it.energyWh));
    const powerW = Math.min(powerLimitW, (ABOVE_AVERAGE * largestWh) / chargeTurnHours) as W;
    return [id as string, { powerW, chargeWh: (ABOVE_CAPACITY * largestWh) as Wh }];
  }),
);

/** By the largest pack of the preset's families and its charging turn. None for a preset we do not know. */
export const slotLimit = (presetId: string): SlotLimit => limits.get(presetId) ?? unlimited;

/** An event without the readings that cannot be, and what the operator should know of those. */
export interface Credible {
  readonly event: ChargingEvent;
  readonly doubts: readonly Anomaly[];
}

/**
 * `before`: the transaction as it stands. A station whose clock is wrong cannot be judged by time, and is not; what a pack can
 * take needs no clock.
 */
export function credible(before: Transaction | undefined, event: ChargingEvent, limit: SlotLimit): Credible {
  const doubts: Anomaly[] = [];
  const limitW = limit.powerW;
  const { registerWh, powerW, unread, ...rest } = event;
  const slot = `slot ${event.slotNo ?? before?.slotNo ?? '?'}`;
  const doubt = (kind: string, sentence: string, facts: object) =>
    doubts.push({
      stationId: event.stationId,
      kind,
      sentence,
      facts: { transactionId: event.transactionId, seqNo: event.seqNo, ...facts },
    });

  if (unread !== undefined) doubts.push(meterUnread(event.stationId, slot, unread));
  const isPower = powerW !== undefined && powerW <= limitW;
  if (powerW !== undefined && !isPower)
    doubt('meter-impossible', `The meter of ${slot} told ${powerW} W, and the slot can draw ${limitW} W`, {
      powerW,
      limitW,
    });
  const fault = registerWh && registerFault(before, event, limit);
  if (fault)
    doubt(fault.kind, `The energy register of ${slot} ${fault.sentence}: the reading is set aside`, fault.facts);
  return {
    event: { ...rest, ...(isPower && { powerW }), ...(registerWh && !fault && { registerWh }) },
    doubts,
  };
}

/** A meter told what no meter can show. `of`: whose it is, such as `slot 3`. */
export const meterUnread = (stationId: StationId, of: string, unread: string): Anomaly => ({
  stationId,
  kind: 'meter-impossible',
  sentence: `The meter of ${of} told what no meter can show: ${unread}`,
  facts: { unread },
});

function registerFault(before: Transaction | undefined, event: ChargingEvent, { powerW: limitW, chargeWh }: SlotLimit) {
  const { lowest, highest, since } = event.registerWh!;
  const { firstWh = null, lastWh = null, lastSeqNo = -1, meteredFrom = null, meteredTo = null } = before ?? {};
  if (lastWh !== null && event.seqNo > lastSeqNo && highest < lastWh)
    return {
      kind: 'register-backwards',
      sentence: `went back from ${lastWh} to ${highest} Wh`,
      facts: { fromWh: lastWh, toWh: highest },
    };
  const drawnWh = Math.max(lastWh ?? highest, highest) - Math.min(firstWh ?? lowest, lowest);
  const facts = { lowestWh: lowest, highestWh: highest, firstWh, lastWh, limitW, chargeWh };
  if (drawnWh > chargeWh)
    return {
      kind: 'meter-impossible',
      sentence: `would have counted ${drawnWh} Wh in one transaction, and the largest pack takes less than ${chargeWh} Wh`,
      facts,
    };
  const isDated = !event.undated && (lastWh === null || meteredFrom !== null);
  const at = event.at.epochMilliseconds;
  const from = Math.min(at, meteredFrom?.epochMilliseconds ?? at, since?.epochMilliseconds ?? at);
  const ms = Math.max(at, meteredTo?.epochMilliseconds ?? at) - from;
  if (!isDated || drawnWh <= (limitW * (ms + CLOCKS_DIFFER_MS)) / HOUR_MS) return undefined;
  return {
    kind: 'meter-impossible',
    sentence: `would have counted ${drawnWh} Wh in ${(ms / 60_000).toFixed(1)} min, and the slot can draw ${Math.round(limitW)} W`,
    facts,
  };
}
