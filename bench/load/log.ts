// The whole way of a fact, on a database that keeps what it committed: appended, placed, proven by a signed checkpoint.
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { insertRows, openDatabase } from '#kernel';
import { Apart, append, type Happening, Keeper, openLog, Secret } from '#record';
import { threadFor } from '../../src/openRecord.ts';
import { cpuSeconds, type Figure, median, onDurablePostgres, percentile, workOn } from '../harness.ts';

const SECRET = 'a secret for a bench, which is as long as it must be';
/** Of so many packs the events are. */
const PACKS = 10_000;
/** Events of one append, as a gateway's batch brings them. */
const AT_ONCE = 500;
/** So many are on the way at once to whoever appends. */
const WRITERS = 3;
/** Whoever appends waits while so many have no place yet: a station gateway would feel it as a slow answer. */
const MOST_WAITING = 6_000;

const happening = (n: number): Happening => ({
  subject: `pack:001PB75000${String((n * 7919) % PACKS).padStart(6, '0')}G1`,
  type: 'swap.pack-returned',
  body: {
    ...{ swapId: '01980000-0000-7000-8000-000000000001', stationId: 'SZ-1', slotNo: n % 20, soc: 12.5, soh: 97.25 },
    ...{ energyWh: 9375, at: '2026-11-22T08:00:00.123Z' },
  },
});
const some = (from: number): Happening[] => Array.from({ length: AT_ONCE }, (_, n) => happening(from + n));

export async function log(quick: boolean): Promise<Figure[]> {
  return await onDurablePostgres(async (place) => {
    await sql`create table public.raw (like record.entry including all)`.execute(place.db);
    const seconds = quick ? 5 : 60;
    const raw: Rate[] = [];
    const whole: (Rate & { delays: number[] })[] = [];
    const { db } = openDatabase(place.url, { max: 40 });
    try {
      const doWork = workOn(db);
      const log = { origin: 'log.example/bench', holder: '01980000-0000-7000-8000-000000000001' };
      const house = await doWork((work) => openLog(work, { ...log, secret: new Secret(SECRET) }));
      const failed = (error: unknown) => {
        throw error;
      };
      const waiting = { events: 0 };
      const acks: { atMs: number; upTo: number }[] = [];
      const delays: number[] = [];
      let placedEvents = 0;
      const placed = ({ events }: { events: number }) => {
        placedEvents += events;
        waiting.events -= events;
        while (acks[0] !== undefined && acks[0].upTo <= placedEvents)
          delays.push(performance.now() - acks.shift()!.atMs);
      };
      const keeper = await Keeper.of({
        doWork,
        house,
        writer: (hearing) => new Apart(threadFor({ ...log, url: place.url, secret: SECRET }), hearing),
        nowMs: () => performance.now(),
        failed,
        witnessed: () => {},
        placed,
      });
      keeper.start();
      const tell = (count: number) => {
        waiting.events += count;
        acks.push({ atMs: performance.now(), upTo: placedEvents + waiting.events });
      };
      const logged = async (ms: number) => {
        const since = performance.now();
        const cpu = cpuSeconds(place.trees);
        const before = placedEvents;
        delays.length = 0;
        let n = 0;
        const writer = async () => {
          while (performance.now() - since < ms) {
            while (waiting.events > MOST_WAITING) await wait(2);
            const from = n;
            n += AT_ONCE;
            await doWork((work) => append(work, some(from)));
            tell(AT_ONCE);
          }
        };
        await Promise.all(Array.from({ length: WRITERS }, writer));
        while (waiting.events > 0) await wait(2);
        const took = (performance.now() - since) / 1000;
        const events = placedEvents - before;
        return { ...rate(events, took, cpuSeconds(place.trees) - cpu), delays: [...delays] };
      };
      const plain = async (ms: number) => {
        const since = performance.now();
        const cpu = cpuSeconds(place.trees);
        let n = 0;
        const writer = async () => {
          while (performance.now() - since < ms) {
            const from = n;
            n += AT_ONCE;
            const columns = { at: 'timestamptz', subject: 'text', type: 'text', body: 'json' };
            await doWork((work) =>
              insertRows(
                work.db,
                'public.raw',
                columns,
                some(from).map(({ subject, type, body }) => ({ at: work.at, subject, type, body })),
              ),
            );
          }
        };
        await Promise.all(Array.from({ length: WRITERS }, writer));
        return rate(n, (performance.now() - since) / 1000, cpuSeconds(place.trees) - cpu);
      };
      await logged(1_000);
      if (quick) {
        for (let round = 0; round < 2; round++) {
          raw.push(await plain(2_000));
          whole.push(await logged(1000 * seconds));
        }
      } else {
        raw.push(await plain(10_000));
        whole.push(await logged(1000 * seconds));
        raw.push(await plain(10_000));
      }
      const single = await singles(doWork, quick ? 5 : 20, () => tell(1));
      while (waiting.events > 0) await wait(5);
      await keeper.end();
      const { rows } = await sql<{ wrong: number }>`select (select count(*) from record.entry)
        - (select sum(count) from record.stretch) as wrong`.execute(db);
      if (rows[0]!.wrong !== 0) throw new Error(`${rows[0]!.wrong} entries have no place`);
      return figures(raw, whole, single, seconds);
    } finally {
      await db.destroy();
    }
  });
}

interface Rate {
  readonly perSecond: number;
  /** Of each event. */
  readonly cpuUs: number;
}

const rate = (events: number, seconds: number, cpuS: number): Rate => ({
  perSecond: events / seconds,
  cpuUs: (1e6 * cpuS) / events,
});

/** 2,000 appends a second of one event each, from 32 at once. */
async function singles(doWork: ReturnType<typeof workOn>, seconds: number, told: () => void): Promise<number[]> {
  const times: number[] = [];
  const since = performance.now();
  let n = 0;
  const client = async () => {
    for (;;) {
      const mine = n++;
      const due = since + mine / 2;
      if (due > since + 1000 * seconds) return;
      const early = due - performance.now();
      if (early > 0) await wait(early);
      const begun = performance.now();
      await doWork((work) => append(work, [happening(mine)]));
      told();
      // From when it was due, unless the timer alone was late: a queue counts, a clock's tick does not.
      times.push(performance.now() - Math.min(begun, due + 2));
    }
  };
  await Promise.all(Array.from({ length: 32 }, client));
  return times;
}

function figures(
  raw: readonly Rate[],
  whole: readonly (Rate & { delays: readonly number[] })[],
  single: readonly number[],
  seconds: number,
): Figure[] {
  const perSecond = median(whole.map((it) => it.perSecond));
  const plain = median(raw.map((it) => it.perSecond));
  const delays = whole.flatMap((it) => it.delays);
  const of = `${PACKS.toLocaleString('en')} packs, ${AT_ONCE} an append`;
  return [
    {
      metric: `durable events with proofs, ${seconds} s, ${of}`,
      value: perSecond,
      unit: 'events/s',
      baseline: { name: 'the same rows inserted, no log', value: plain },
      goal: { atLeast: 15_000 },
    },
    { metric: 'the same beside the plain insert', value: perSecond / plain, unit: 'x', goal: { atLeast: 0.5 } },
    {
      // On a machine that others use, too, processor time is what can be compared.
      metric: 'the same, processor time of Node and PostgreSQL',
      value: median(whole.map((it) => it.cpuUs)),
      unit: 'µs CPU',
      baseline: { name: 'the same rows inserted, no log', value: median(raw.map((it) => it.cpuUs)) },
    },
    { metric: 'checkpoint after the ack, median', value: percentile(delays, 0.5), unit: 'ms' },
    { metric: 'checkpoint after the ack, p99', value: percentile(delays, 0.99), unit: 'ms', goal: { atMost: 1000 } },
    {
      metric: 'ack of one event, 2,000/s from 32 clients, p50',
      value: percentile(single, 0.5),
      unit: 'ms',
      goal: { atMost: 20 },
    },
    {
      metric: 'ack of one event, 2,000/s from 32 clients, p99',
      value: percentile(single, 0.99),
      unit: 'ms',
      goal: { atMost: 250 },
    },
  ];
}
