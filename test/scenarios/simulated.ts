// Simulated stations before the real gateway, in simulated time: it stands still while a message or a command is under way.
import assert from 'node:assert/strict';
import { type MemorySocket, socketPair } from '#link';
import { type PackModelId, packModel, type StationPresetId, stationPreset } from '#pack';
import { timedSteps } from '#swap';
import type { Fault } from '#twin';
import { chance, type StationId } from '#units';
import { Faults } from '../../simulator/faults.ts';
import { type Pack, packMaker } from '../../simulator/pack.ts';
import type { MachineStep, RosterStation } from '../../simulator/roster.ts';
import { type Outcome, type Station, startStation } from '../../simulator/station/index.ts';
import { TurnedScheduler } from '../../simulator/turned.ts';
import { gateway, type Network } from '../../src/ocpp/testing.ts';
import { demandCleanAudit } from '../crash/books.ts';
import { type BuiltNetwork, type BuiltStation, buildNetwork, type Plan } from '../network.ts';
import { testStart } from '../work.ts';

export interface SimulatedVehicle {
  readonly driverId: string;
  readonly vin: string;
  readonly packs: Pack[];
  readonly outcomes: Outcome[];
  /** Drives to the station, which has the packs' charge brought down to this, and waits for its turn. */
  arrive(soc?: number): void;
}

export interface Simulated extends Network {
  readonly scheduler: TurnedScheduler;
  readonly built: BuiltNetwork;
  readonly station: Station;
  readonly vehicles: readonly SimulatedVehicle[];
}

/** What is wrong with the pack of a vehicle. */
interface Broken {
  readonly broken?: { readonly vehicle: number; readonly faults: readonly Fault[] };
}

/** A test body on one simulated station and the vehicles of a plan; afterwards books and things must agree. */
export const simulated = (plan: Partial<Plan> & Broken, body: (it: Simulated) => Promise<void>) =>
  gateway(async (network) => {
    const built = await buildNetwork(network.doWork, { stations: 1, standing: 6, vehicles: 3, ...plan });
    const scheduler = new TurnedScheduler({ start: testStart, settle: () => commandsDone(network) });
    Object.defineProperty(network.clock, 'now', { get: () => scheduler.now() });
    const dice = chance(20_261_122);
    const station = startStation(rosterOf(built.stations[0]!, plan), {
      socket: (): MemorySocket => {
        const [here, there] = socketPair();
        network.ocpp.accept(built.stations[0]!.id as StationId, there);
        return here;
      },
      scheduler,
      chance: dice,
      faults: new Faults(dice.fork('faults')),
    });
    await scheduler.settled();
    try {
      const faultsOf = (n: number) => (plan.broken?.vehicle === n ? plan.broken.faults : []);
      const vehicles = built.vehicles.map((it, n) => vehicleAt(station, it, { ...plan, faults: faultsOf(n) }));
      const it = { ...network, scheduler, built, station, vehicles };
      await body(it);
      await demandAgreement(it);
    } finally {
      station.stop();
    }
  });

/** Nothing is on its way to a station that is connected. */
async function commandsDone({ ocpp, pool }: Network): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ station_id: StationId; state: string }>(
      `select station_id, state from station.command where state in ('queued', 'sent')`,
    );
    if (!rows.some((it) => ocpp.isConnected(it.station_id))) return;
    await ocpp.poke();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function rosterOf({ id, password, slots }: BuiltStation, plan: Partial<Plan>): RosterStation {
  const preset = stationPreset((plan.preset ?? 'nio-g3') as StationPresetId)!;
  return {
    id,
    password,
    name: preset.name,
    place: { latitude: 22.5, longitude: 114 },
    profile: preset.profile,
    vendor: 'Packloop simulated',
    model: preset.id,
    firmware: '9.0.0',
    swapSeconds: preset.swapSeconds,
    steps: timedSteps(preset.profile, preset.swapSeconds).map(({ step, seconds }) => ({
      step: step as MachineStep,
      seconds,
    })),
    powerLimitW: preset.powerLimitW,
    chargeTurnHours: preset.chargeTurnHours,
    reportsSteps: true,
    slots: slots.map((serial, index) =>
      serial === null
        ? { slotNo: index + 1, serial }
        : { slotNo: index + 1, ...packOf(serial, plan, plan.soc?.standing ?? 90) },
    ),
  };
}

function packOf(serial: string, plan: Partial<Plan>, soc: number) {
  const model = packModel((plan.packModel ?? 'nio-75') as PackModelId)!;
  const { id: modelId, energyWh: capacityWh, chemistry, series } = model;
  return { serial, modelId, capacityWh, chemistry, series, soh: 98, soc };
}

function vehicleAt(
  station: Station,
  { driverId, vin, idToken, packs: serials }: BuiltNetwork['vehicles'][number],
  plan: Partial<Plan> & { readonly faults: readonly Fault[] },
): SimulatedVehicle {
  const broken = new Map(serials.map((it) => [it, plan.faults]));
  const makePack = packMaker(chance(20_261_122), testStart.epochMilliseconds, broken);
  const packs: Pack[] = serials.map((it) => makePack(packOf(it, plan, plan.soc?.vehicle ?? 10), 5));
  const outcomes: Outcome[] = [];
  return {
    driverId,
    vin,
    packs,
    outcomes,
    arrive(soc = 10) {
      for (const it of packs) it.standAt(soc);
      station.arrive({
        idToken: { idToken, type: 'ISO14443' },
        packModelIds: [plan.packModel ?? 'nio-75'],
        count: packs.length,
        packs,
        done: (outcome) => outcomes.push(outcome),
      });
    },
  };
}

/** Every pack is where it is, everything was told, and the audit is clean. */
async function demandAgreement({ pool, doWork, station, vehicles }: Simulated): Promise<void> {
  assert.equal(station.unanswered, 0);
  const { rows: slots } = await pool.query('select pack_code from station.slot order by slot_no');
  assert.deepEqual(
    slots.map((it) => it.pack_code),
    station.slots.map((it) => it.pack?.serial ?? null),
  );
  for (const { vin, packs } of vehicles) {
    const { rows } = await pool.query(
      `select asset from ledger.account where unit = 'custody' and holder = $1 and credits_posted > debits_posted order by 1`,
      [`vehicle:${vin}`],
    );
    assert.deepEqual(
      rows.map((it) => it.asset),
      packs.map((it) => it.serial).toSorted(),
    );
  }
  await demandCleanAudit(doWork);
}

/** The swaps as they stand in the books, in the order in which they began. */
export async function swapsOf({ pool }: Simulated) {
  const { rows } = await pool.query<{ body: BookedSwap }>('select body from swap.swap order by started_at');
  return rows.map((it) => it.body);
}

export interface BookedSwap {
  readonly state: string;
  readonly origin: string;
  readonly driverId: string;
  readonly steps: Readonly<Record<string, string>>;
  readonly returned: readonly { readonly code: string }[];
  readonly given: readonly { readonly code: string; readonly energyWh: number }[];
  readonly checks: Readonly<Record<string, { readonly passed: boolean }>>;
  readonly bill: { readonly total: number; readonly netWh: number } | null;
  readonly problems: readonly { readonly code: string; readonly sentence: string }[];
}
