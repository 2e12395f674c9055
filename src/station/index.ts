import { z } from 'zod';
import { event, Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { stationPreset } from '#pack';
import type { Instant, StationId } from '#units';
import { wire } from '#units/api';
import { type Admission, admission, type Claim } from './admission.ts';
import { chargingReported, slotsAlarming, writeSlots } from './charge.ts';
import * as charging from './charging-store.ts';
import { type Command, commandActions } from './command.ts';
import * as commands from './commands-store.ts';
import { availabilityReported } from './outOfUse.ts';
import { newPassword, type RandomBytes } from './password.ts';
import { alarmOf, type Reading, slotChangeOf } from './reading.ts';
import type { Slot, SlotChange, Station } from './station.ts';
import * as store from './store.ts';
import { putReadings } from './variables-store.ts';

export type { Admission, Claim } from './admission.ts';
export { anomalies, forgetAnomaliesBefore, type NotedAnomaly, noteAnomalies as anomaly } from './anomalies-store.ts';
export type { Anomaly } from './anomaly.ts';
export { type ChargeEnd, chargeEnded, type PackAlarming, packAlarming, restEnded } from './charge.ts';
export { transactionsOf } from './charging-store.ts';
export {
  type Command,
  type CommandAction,
  type CommandResult,
  type Failure,
  messageIdOf,
  repeatableActions,
  resultOf,
} from './command.ts';
export { stationInvariants } from './invariants.ts';
export { meterUnread } from './metering.ts';
export {
  availabilityOrdered,
  EARLY_WARNING,
  outOfUseAmong,
  shut,
  wentOutOfUse,
} from './outOfUse.ts';
export type { RandomBytes } from './password.ts';
export { isAlarmingC, isNamed, type Reading, spelled } from './reading.ts';
export { admissionsChangedSince, type ChangedAdmissions } from './readmission.ts';
export type {
  LockState,
  OutOfUse,
  SecurityProfile,
  Slot,
  SlotChange,
  SlotPlace,
  SlotState,
  Station,
} from './station.ts';
export type { Boot, StockedSlot } from './store.ts';
export type { ChargingEvent, Transaction } from './transaction.ts';
export { variablesOf } from './variables-store.ts';
export { chargingReported, slotsAlarming, writeSlots };
export const { list, standing, stocked, relabel, lift, change } = store;
export const { commandById, commandsOf, endOverdue, finish, forgetBefore: forgetCommandsBefore } = commands;
export const { stationsWaitedFor, takeOldest } = commands;

/** Something waits to be sent to a station. */
export const commandQueued = event(
  'station.commandQueued',
  z.object({ stationId: wire.stationId, commandId: z.string() }),
);

/** What somebody who builds a station tells us of it. */
export type NewStation = Pick<
  Station,
  'id' | 'name' | 'operatorId' | 'presetId' | 'place' | 'timeZone' | 'swapOrder' | 'securityProfile'
> & { readonly region?: string | null | undefined };

/**
 * Adds stations with empty slots as their presets say; those that are registered already stay as they are.
 * @returns the passwords of the new ones with profile 1 or 2, which cannot be had again
 * @throws Refused `preset-unknown`
 */
export async function register(
  work: Work,
  stations: readonly NewStation[],
  random: RandomBytes,
): Promise<Map<StationId, string>> {
  const slots = new Map(stations.map((it) => [it.id, slotsIn(it)]));
  const rows = stations.map(({ place, region = null, ...it }) => ({ ...it, ...place, region, registeredAt: work.at }));
  const added = new Set(await store.add(work, rows));
  const fresh = stations.filter((it) => added.has(it.id));
  await store.addSlots(
    work,
    fresh.map((it) => ({ stationId: it.id, slots: slots.get(it.id)! })),
  );
  return await renewPasswords(
    work,
    fresh.filter((it) => it.securityProfile < 3).map((it) => it.id),
    random,
  );
}

function slotsIn({ id, presetId }: NewStation): number {
  const preset = stationPreset(presetId);
  if (preset) return preset.slots;
  throw new Refused('preset-unknown', `Station ${id}: there is no station preset "${presetId}"`, { presetId }, 422);
}

/** New passwords for stations; the old ones are void at once. */
export async function renewPasswords(
  work: Work,
  ids: readonly StationId[],
  random: RandomBytes,
): Promise<Map<StationId, string>> {
  const made = ids.map((id) => ({ id, ...newPassword(id, random) }));
  await store.setCredentials(
    work,
    made.map((it) => it.credential),
  );
  return new Map(made.map((it) => [it.id, it.password]));
}

/** Who of those that want to connect may, in their order. */
export async function admit(work: Work, claims: readonly Claim[]): Promise<Admission[]> {
  const found = await store.admissions(
    work,
    claims.map((it) => it.stationId),
  );
  const onFile = new Map<string, (typeof found)[number]>(found.map((it) => [it.stationId, it]));
  return claims.map((it) => admission(it, onFile.get(it.stationId)));
}

export async function find(work: Work, ids: readonly StationId[], reach?: Reach): Promise<Map<StationId, Station>> {
  return new Map((await store.find(work, ids, reach)).map((it) => [it.id, it]));
}

/** The slots of each station, in the order of their numbers. */
export async function slotsOf(work: Work, ids: readonly StationId[]): Promise<Map<StationId, Slot[]>> {
  const slots = new Map<StationId, Slot[]>(ids.map((id) => [id, []]));
  for (const it of await store.slotsOf(work, ids)) slots.get(it.stationId)!.push(it);
  return slots;
}

/** Writes what is new of slots. A pack set into one is taken out of any other; what charged in an emptied one has ended. */
export async function setSlots(work: Work, changes: readonly SlotChange[]): Promise<void> {
  if (changes.length === 0) return;
  const set = changes.flatMap(({ stationId, slotNo, packCode }) => (packCode ? [{ stationId, slotNo, packCode }] : []));
  if (set.length > 0) await store.liftElsewhere(work, set);
  await writeSlots(work, changes);
}

/**
 * Stations have started anew. What charged goes on under new transactions (S04.FR.11), so the old ones are marked.
 * @returns those that come for the first time or with another firmware: their device model is not known
 */
export async function booted(work: Work, boots: readonly store.Boot[]): Promise<StationId[]> {
  const before = await store.booted(work, boots);
  await charging.markRebooted(work, boots);
  const firmware = new Map(boots.map((it) => [it.stationId, it.firmware]));
  return before
    .filter((it) => it.lastBootAt === null || (firmware.get(it.stationId) ?? it.firmware) !== it.firmware)
    .map((it) => it.stationId);
}

export interface Presence {
  readonly stationId: StationId;
  readonly online: boolean;
  readonly seenAt: Instant;
}

/** Who is connected, and when each was last heard of. */
export async function presence(work: Work, rows: readonly Presence[]): Promise<void> {
  await store.setPresence(work, rows);
}

/** The server has just started: nobody is connected yet. */
export async function nobodyConnected(work: Work): Promise<void> {
  await store.nobodyOnline(work);
}

/** Takes readings of the device model, from reports and events alike, and what they say of slots. */
export async function variablesReported(work: Work, readings: readonly Reading[]): Promise<void> {
  if (readings.length === 0) return;
  await putReadings(work, readings);
  const changes = readings.flatMap((it) => slotChangeOf(it) ?? []);
  if (changes.length > 0) await writeSlots(work, changes);
  await availabilityReported(work, readings);
  await slotsAlarming(
    work,
    readings.flatMap((it) => alarmOf(it) ?? []),
  );
}

/** What to ask of a station. */
export interface Ask {
  readonly stationId: StationId;
  readonly action: Command['action'];
  readonly payload: object;
  /** Who asks. */
  readonly by: string;
  /** How often it is sent at most, if sending again is safe; 3 when absent. */
  readonly tries?: number;
  readonly timeoutMs?: number;
  /** Not sent any more after this. */
  readonly notAfter?: Instant;
}

/**
 * Queues commands; each station gets its own in this order, each as soon as this work has committed and its station is connected.
 * @returns their ids, under which the answers are found
 * @throws Refused `action-unknown`
 */
export async function commandAll(work: Work, asks: readonly Ask[]): Promise<string[]> {
  const ids = asks.map(() => work.newId<string>()).toSorted(); // a station gets the oldest first: those of one instant in this order
  const queued = asks.map((ask, n): commands.NewCommand => {
    if (!commandActions.includes(ask.action))
      throw new Refused('action-unknown', `${ask.action} is not something we ask of stations`, {}, 422);
    return {
      id: ids[n]!,
      stationId: ask.stationId,
      action: ask.action,
      payload: ask.payload,
      askedBy: ask.by,
      state: 'queued',
      mostTries: ask.tries ?? 3,
      timeoutMs: ask.timeoutMs ?? 30_000,
      notAfter: ask.notAfter ?? null,
      askedAt: work.at,
      dueAt: work.at,
    };
  });
  await commands.addCommands(work, queued);
  work.announce(commandQueued, ...queued.map((it) => ({ stationId: it.stationId, commandId: it.id })));
  return queued.map((it) => it.id);
}

/** Queues one command. @returns its id */
export const command = async (work: Work, ask: Ask): Promise<string> => (await commandAll(work, [ask]))[0]!;
