// Puts a made-up world into the books by the same verbs that HTTP callers use.
import { sql } from 'kysely';
import { markSimulated, type Work } from '#kernel';
import { type Linked, mustPost } from '#ledger';
import { register as registerPacks } from '#pack';
import { addParties, addTokens, addVehicles, enrol } from '#party';
import { type RandomBytes, register as registerStations, setSlots } from '#station';
import type { StationId } from '#units';
import { supplyPassports } from './passports.ts';
import type { World } from './world.ts';

/** Rows of one statement: large enough to be quick, small enough to show progress. */
const PORTION = 500;

/** `done` of `all` things have been registered. */
export type Progress = (done: number, all: number) => void;

/** All of it or nothing. @returns the stations' passwords, which cannot be had again */
export async function registerWorld(
  work: Work,
  world: World,
  random: RandomBytes,
  progress: Progress = () => {},
): Promise<Map<StationId, string>> {
  const packs = [...world.stock.map((it) => it.pack), ...world.travellers.flatMap((it) => it.packs)];
  const all = world.stations.length + packs.length + world.travellers.length;
  if (all > world.stations.length)
    await markSimulated(work, `${packs.length} packs, ${world.travellers.length} vehicles`);
  let done = 0;
  const inPortions = async <Row>(rows: readonly Row[], act: (portion: readonly Row[]) => Promise<unknown>) => {
    for (let from = 0; from < rows.length; from += PORTION) {
      const portion = rows.slice(from, from + PORTION);
      await act(portion);
      done += portion.length;
      progress(done, all);
    }
  };

  const passwords = new Map<StationId, string>();
  await addParties(work, world.parties);
  await inPortions(world.stations, async (portion) => {
    for (const [id, password] of await registerStations(work, portion, random)) passwords.set(id, password);
  });
  const driverOf = new Map(world.drivers.map((it) => [it.id, it]));
  await inPortions(world.travellers, async (portion) => {
    await enrol(
      work,
      portion.map((it) => driverOf.get(it.token.driverId)!),
    );
    await addVehicles(
      work,
      portion.map((it) => it.vehicle),
    );
    await addTokens(
      work,
      portion.map((it) => it.token),
    );
  });
  let isFirst = true;
  await inPortions(packs, async (portion) => {
    await registerPacks(work, portion);
    // Tables that were empty a moment ago have no statistics yet, and PostgreSQL would plan as if they still were.
    if (isFirst) await sql`analyze ledger.account, ledger.transfer, pack.pack, station.slot`.execute(work.db);
    isFirst = false;
  });
  await setSlots(
    work,
    world.stock.map((it) => it.change),
  );
  await supplyPassports(work, packs);
  await mustPost(work, world.topUps.map(topUp));
  return passwords;
}

const topUp = ({ driverId, amount }: World['topUps'][number]): Linked => [
  {
    kind: 'posted',
    id: `topup/${driverId}/1`,
    debit: { unit: 'money', asset: 'CNY', holder: 'outside:bank' },
    credit: { unit: 'money', asset: 'CNY', holder: `driver:${driverId}` },
    amount,
    reason: 'paid in (simulated)',
  },
];
