// A small network for tests: one station with packs, drivers with cars, money on their accounts.
import type { Work } from '#kernel';
import { mustPost } from '#ledger';
import {
  type Entering,
  Firmware,
  type PackModelId,
  packModel,
  register as registerPacks,
  type StationPresetId,
} from '#pack';
import { addParties, addTokens, addVehicles, enrol } from '#party';
import { register as registerStations, setSlots } from '#station';
import {
  type DriverId,
  type PackCode,
  type PartyId,
  Percent,
  type SlotNo,
  type StationId,
  type Vin,
  type Wh,
} from '#units';

export const st1 = 'ST-1' as StationId;
export const packCode = (n: number): PackCode => `001PB75${String(n).padStart(7, '0')}G110000001` as PackCode;
export const vinOf = (n: number): Vin => `LPL75ET50R${String(n).padStart(7, '0')}` as Vin;
export const cardOf = (n: number): string => `card-${n}`;

const nio75 = packModel('nio-75' as PackModelId)!;

/** A pack in good order, of the bank and its maker, as it enters the platform. */
export function enteringPack(it: Pick<Entering, 'code' | 'holder'> & Partial<Entering>): Entering {
  const model = packModel(it.model ?? nio75.id)!;
  return {
    model: model.id,
    capacityWh: model.energyWh,
    soh: Percent(98),
    soc: Percent(40),
    quarantined: false,
    recalled: false,
    producedOn: Temporal.PlainDate.from('2026-01-01'),
    leakTestedOn: Temporal.PlainDate.from('2026-10-01'),
    leakTestPassed: true,
    firmware: Firmware('9.0.0'),
    efc: 10,
    matingCycles: 5,
    owners: [
      { party: 'bank' as PartyId, millionths: 700_000 },
      { party: 'maker' as PartyId, millionths: 300_000 },
    ],
    ...it,
  };
}

const entering = (n: number, holder: Entering['holder'], soc: number): Entering =>
  enteringPack({ code: packCode(n), holder, soc: Percent(soc), efc: 10 + n });

/**
 * Station ST-1 with `standing` full packs 1, 2, … in slots 1, 2, …; drivers 1, 2, … with cards `card-1`, … and nearly
 * empty packs 101, 102, … in their cars, each with 1000 yuan.
 * @returns the station's password
 */
export async function smallNetwork(
  work: Work,
  { standing = 3, drivers = 2, station = st1, preset = 'nio-g3' } = {},
): Promise<string> {
  const numbers = Array.from({ length: drivers }, (_, index) => index + 1);
  await addParties(work, [
    { id: 'op' as PartyId, name: 'Operator', kind: 'operator' },
    { id: 'bank' as PartyId, name: 'Bank', kind: 'bank' },
    { id: 'maker' as PartyId, name: 'Maker', kind: 'maker' },
  ]);
  await enrol(
    work,
    numbers.map((n) => ({ id: `driver-${n}` as DriverId, name: `Driver ${n}`, payment: 'prepaid' as const })),
  );
  await addVehicles(
    work,
    numbers.map((n) => ({ vin: vinOf(n), modelId: 'nio-et5', plate: `粤B${n}`, firmware: '9.0.0' })),
  );
  await addTokens(
    work,
    numbers.map((n) => ({
      idToken: cardOf(n),
      type: 'ISO14443',
      driverId: `driver-${n}` as DriverId,
      vin: vinOf(n),
      status: 'active' as const,
    })),
  );
  await mustPost(
    work,
    numbers.map((n) => [
      {
        kind: 'posted',
        id: `top-up/${n}`,
        debit: { unit: 'money', asset: 'CNY', holder: 'outside:bank' },
        credit: { unit: 'money', asset: 'CNY', holder: `driver:driver-${n}` },
        amount: 100_000,
        reason: 'top-up',
      },
    ]),
  );
  const passwords = await registerStations(
    work,
    [
      {
        id: station,
        name: 'Station 1',
        operatorId: 'op' as PartyId,
        presetId: preset as StationPresetId,
        place: { latitude: 22.5, longitude: 114 },
        timeZone: 'Asia/Shanghai',
        swapOrder: 'In-Out',
        securityProfile: 1,
      },
    ],
    (size) => Buffer.alloc(size, 7),
  );
  const slots = Array.from({ length: standing }, (_, index) => index + 1);
  await registerPacks(work, [
    ...slots.map((n) => entering(n, `station:${station}`, 90)),
    ...numbers.map((n) => entering(100 + n, `vehicle:${vinOf(n)}`, 10)),
  ]);
  await setSlots(
    work,
    slots.map((n) => ({
      stationId: station,
      slotNo: n as SlotNo,
      state: 'occupied',
      packCode: packCode(n),
      soc: Percent(90),
      soh: Percent(98),
    })),
  );
  return passwords.get(station)!;
}

export const reading = (slot: number, n: number, soc: number, soh = 98) => ({
  slotNo: slot as SlotNo,
  serial: packCode(n),
  soc: Percent(soc),
  soh: Percent(soh),
});

/** What `percent` of a 75 kWh pack at 98 % SoH is. */
export const whAt = (percent: number): Wh => Math.floor((75_000 * 98 * percent) / 10_000) as Wh;
