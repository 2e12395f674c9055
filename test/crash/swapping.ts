// A whole swap as a station that reports every step tells it, one message for each thing that happens.
import type { BuiltVehicle } from '../network.ts';
import type { DurableStation } from './station.ts';

export interface Phone {
  readonly http: string;
  /** An API key with the scope `drive`. */
  readonly key: string;
}

/** The messages of a swap in their order, by the names that a `Watch` hears. `settle` is the server's, to the station. */
export const messages = [
  'reserve',
  'authorize',
  'arrived',
  'identified',
  'positioned',
  'locked-out',
  'removed',
  'battery-in',
  'stored',
  'picked',
  'battery-out',
  'installed',
  'locks',
  'torque',
  'interlock',
  'insulation',
  'coolant',
  'mating',
  'settle',
  'released',
] as const;
export type Message = (typeof messages)[number];

/** State of charge of the packs that come in and go out. */
export interface Charge {
  readonly in: number;
  readonly out: number;
}

const checks = [
  ['locks', 'Locks', 1],
  ['torque', 'Torque', 100],
  ['interlock', 'Interlock', 1],
  ['insulation', 'Insulation', 900],
  ['coolant', 'Coolant', 0.1],
  ['mating', 'Mating', 50],
] as const;

/** The swap of one vehicle; with a phone it is reserved first. Station and vehicle are changed as the machine moves packs. */
export async function swapStepByStep(
  station: DurableStation,
  vehicle: BuiltVehicle,
  { phone, soC = { in: 12, out: 90 } }: { readonly phone?: Phone; readonly soC?: Charge } = {},
): Promise<void> {
  if (phone) await reserve(station, vehicle, phone);
  const { from, idToken } = await authorize(station, vehicle);
  const requestId = ++station.lastRequestId;
  const event = (name: Message, variable: object, actualValue: string, more: readonly object[] = []) =>
    station.tell(name, 'NotifyEvent', notifyEvent([swapEvent(requestId, variable, actualValue), ...more]));
  const step = (name: Message, value: string, more?: readonly object[]) =>
    event(name, { name: 'SwapStep' }, value, more);

  await step('arrived', 'Arrived');
  await step('identified', 'Identified');
  await step('positioned', 'Positioned');
  await step('locked-out', 'LockedOut');
  await step('removed', 'Removed');
  const into = station.slots.indexOf(null);
  const [returned] = vehicle.packs.splice(0) as [string];
  station.slots[into] = returned;
  await tellBattery(station, 'battery-in', 'BatteryIn', {
    requestId,
    idToken,
    slot: into,
    serial: returned,
    soC: soC.in,
  });
  await step('stored', 'Stored', [availability(into, 'Occupied')]);
  const given = station.slots[from]!;
  station.slots[from] = null;
  await step('picked', 'Picked', [availability(from, 'Available')]);
  vehicle.packs.push(given);
  await tellBattery(station, 'battery-out', 'BatteryOut', {
    requestId,
    idToken,
    slot: from,
    serial: given,
    soC: soC.out,
  });
  await step('installed', 'Installed');
  for (const [name, check, value] of checks) await event(name, { name: 'SafetyCheck', instance: check }, String(value));
  await station.released(requestId);
  await step('released', 'Released');
}

/** The swap of a station that tells what block S demands and nothing more. */
export async function swapInShort(station: DurableStation, vehicle: BuiltVehicle, soC: Charge): Promise<void> {
  const { from, idToken } = await authorize(station, vehicle);
  const requestId = ++station.lastRequestId;
  const into = station.slots.indexOf(null);
  const [returned] = vehicle.packs.splice(0) as [string];
  station.slots[into] = returned;
  await tellBattery(station, 'battery-in', 'BatteryIn', {
    requestId,
    idToken,
    slot: into,
    serial: returned,
    soC: soC.in,
  });
  const given = station.slots[from]!;
  station.slots[from] = null;
  vehicle.packs.push(given);
  await tellBattery(station, 'battery-out', 'BatteryOut', {
    requestId,
    idToken,
    slot: from,
    serial: given,
    soC: soC.out,
  });
}

async function authorize(station: DurableStation, vehicle: BuiltVehicle) {
  const idToken = { idToken: vehicle.idToken, type: 'ISO14443' };
  const { idTokenInfo } = (await station.tell('authorize', 'Authorize', { idToken })) as AuthorizeAnswer;
  if (idTokenInfo.status !== 'Accepted')
    throw new Error(
      `${vehicle.idToken} at ${station.id}: ${idTokenInfo.status} ${idTokenInfo.personalMessage?.content}`,
    );
  return { idToken, from: idTokenInfo.customData.promisedSlots[0]! - 1 };
}

interface AuthorizeAnswer {
  readonly idTokenInfo: {
    readonly status: string;
    readonly personalMessage?: { readonly content: string };
    readonly customData: { readonly promisedSlots: readonly number[] };
  };
}

/** By the driver's phone, which asks with the same key until it is answered. */
async function reserve(station: DurableStation, { idToken }: BuiltVehicle, { http, key }: Phone): Promise<void> {
  await station.watch.before?.('reserve');
  const request = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ idToken, arriveBy: Temporal.Now.instant().add({ minutes: 20 }).toString() }),
  };
  for (;;) {
    const asked = fetch(`${http}/v1/stations/${station.id}/reservations`, request);
    station.watch.sent?.('reserve');
    const reply = await asked.then((it) => ({ status: it.status, text: it.text() })).catch(() => undefined);
    const text = await reply?.text.catch(() => undefined);
    if (reply?.status === 200 && text !== undefined) break;
    if (reply && reply.status < 500) throw new Error(`the reservation was refused: ${reply.status} ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await station.watch.answered?.('reserve');
}

interface Told {
  readonly requestId: number;
  readonly idToken: object;
  readonly slot: number;
  readonly serial: string;
  readonly soC: number;
}

const tellBattery = (
  station: DurableStation,
  name: Message,
  eventType: string,
  { requestId, idToken, slot, serial, soC }: Told,
) =>
  station.tell(name, 'BatterySwap', {
    eventType,
    requestId,
    idToken,
    batteryData: [{ evseId: slot + 1, serialNumber: serial, soC, soH: 98 }],
  });

let events = 0;
const now = () => new Date().toISOString();

const notifyEvent = (eventData: readonly object[]) => ({ generatedAt: now(), seqNo: 0, tbc: false, eventData });

const common = () => ({
  eventId: ++events,
  timestamp: now(),
  trigger: 'Delta',
  eventNotificationType: 'HardWiredNotification',
});

const swapEvent = (requestId: number, variable: object, actualValue: string) => ({
  ...common(),
  component: { name: 'BatterySwapCtrlr', instance: String(requestId) },
  variable,
  actualValue,
});

const availability = (slot: number, actualValue: 'Available' | 'Occupied') => ({
  ...common(),
  component: { name: 'Connector', evse: { id: slot + 1, connectorId: 1 } },
  variable: { name: 'AvailabilityState' },
  actualValue,
});
