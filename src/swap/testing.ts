// A station with drivers on a database that is rolled back, and words for what the station tells. For tests only.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { check } from '#kernel';
import { accounts, balance, type Holder, ledgerInvariants } from '#ledger';
import { packInvariants, whereAre } from '#pack';
import { anomalies, stationInvariants } from '#station';
import { type Instant, type PackCode, Percent, type SlotNo, type StationId } from '#units';
import { type BuiltVehicle, buildNetwork, type Plan } from '../../test/network.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';
import { insightInvariants } from '../insight/invariants.ts';
import {
  type Authorisation,
  authorise,
  type CheckName,
  get,
  reported,
  type Step,
  type Swap,
  type SwapReport,
  swapInvariants,
} from './index.ts';

type Standing = readonly [slot: number, serial: string, soc: number];

export interface Street {
  readonly work: TestWork;
  readonly vehicles: readonly BuiltVehicle[];
  /** By slot number - 1. */
  readonly slots: readonly (string | null)[];
  readonly authorised: (vehicle: BuiltVehicle, stationId?: string) => Promise<Authorisation>;
  readonly comesIn: (requestId: number, vehicle: BuiltVehicle, ...packs: Standing[]) => Promise<void>;
  readonly goesOut: (requestId: number, vehicle: BuiltVehicle, ...packs: Standing[]) => Promise<void>;
  readonly notTaken: (requestId: number, vehicle: BuiltVehicle) => Promise<void>;
  /** `at` when not now; `by` the vehicle whose token is told with it. */
  readonly step: (requestId: number, step: Step, told?: { at?: Instant; by?: BuiltVehicle }) => Promise<void>;
  readonly checks: (requestId: number, wrong?: Partial<Record<CheckName, number>>) => Promise<void>;
  /** All swaps in the order in which they began here. */
  readonly swaps: () => Promise<Swap[]>;
  /** The kinds of lines that the operator sees, and how often. */
  readonly lines: () => Promise<Record<string, number>>;
  readonly holderOf: (serial: string) => Promise<Holder | undefined>;
  readonly money: (holder: Holder) => Promise<number>;
  readonly demandClean: () => Promise<void>;
}

const fine: Record<CheckName, number> = {
  locks: 1,
  interlock: 1,
  torque: 100,
  coolant: 0,
  mating: 6,
  insulation: 900,
};

/** A test body at station SZ-1 of a small network; afterwards all invariants hold. */
export const onTheStreet = (plan: Partial<Plan>, body: (street: Street) => Promise<void>) =>
  rolledBack(async (work) => {
    const built = await buildNetwork((job) => job(work), { stations: 1, standing: 4, vehicles: 2, ...plan });
    const street = streetOf(work, built);
    await body(street);
    await street.demandClean();
  });

function streetOf(work: TestWork, built: Awaited<ReturnType<typeof buildNetwork>>): Street {
  const stationId = built.stations[0]!.id as StationId;
  const tell = (requestId: number, ...reports: object[]) =>
    reported(
      work,
      reports.map((it) => ({ stationId, requestId, at: work.at, ...it }) as SwapReport),
    );
  const packs =
    (kind: string) =>
    (requestId: number, { idToken }: BuiltVehicle, ...standing: Standing[]) =>
      tell(requestId, { kind, idToken, packs: standing.map(readingOf) });
  return {
    work,
    vehicles: built.vehicles,
    slots: built.stations[0]!.slots,
    authorised: async ({ idToken }, at = stationId) =>
      (await authorise(work, [{ stationId: at as StationId, idToken }]))[0]!,
    comesIn: packs('in'),
    goesOut: packs('out'),
    notTaken: packs('out-timeout'),
    step: (requestId, step, { at = work.at, by } = {}) =>
      tell(requestId, { kind: 'step', step, at, ...(by && { idToken: by.idToken }) }),
    checks: (requestId, wrong = {}) =>
      tell(
        requestId,
        ...Object.entries({ ...fine, ...wrong }).map(([check, value]) => ({ kind: 'check', check, value })),
      ),
    swaps: async () => {
      const { rows } = await sql<{ id: Swap['id'] }>`select id from swap.swap order by started_at, id`.execute(work.db);
      return await Promise.all(rows.map((it) => get(work, it.id)));
    },
    lines: async () => Object.fromEntries((await anomalies(work, { most: 100 })).map((it) => [it.kind, it.times])),
    holderOf: async (serial) => (await whereAre(work, [serial as PackCode])).get(serial as PackCode),
    money: async (holder) => {
      const name = { unit: 'money', asset: 'CNY', holder } as const;
      const account = (await accounts(work, [name])).get(`money|CNY|${holder}`);
      return account ? balance(account) : 0;
    },
    demandClean: async () => {
      const all = [
        ...ledgerInvariants,
        ...packInvariants,
        ...stationInvariants,
        ...swapInvariants,
        ...insightInvariants,
      ];
      assert.deepEqual(
        (await check(work, all)).filter((it) => it.violations.length > 0),
        [],
      );
    },
  };
}

const readingOf = ([slotNo, serial, soc]: Standing) => ({
  slotNo: slotNo as SlotNo,
  serial,
  soc: Percent(soc),
  soh: Percent(98),
});

export const problemsOf = (swap: Swap): string[] => swap.problems.map((it) => it.code);

/** A car of three blocks at a station, told in one message each or block by block. */
export const blocks: Partial<Plan> = {
  preset: 'choco-30',
  vehicleModel: 'bestune-nat',
  packModel: 'choco-block-26',
  packsEach: 3,
  standing: 9,
};
