// How fast the ledger books the settlement of swaps: linked sets of 2 to 4 transfers, several hundred sets a commit.
import { sql } from 'kysely';
import type pg from 'pg';
import { check } from '#kernel';
import { type AccountName, type Linked, ledgerInvariants, mustPost, post, type Transfer } from '#ledger';
import { type Chance, chance } from '#units';
import { type Bench, interleaved, measure, onDurablePostgres, type Place } from './harness.ts';

const DRIVERS = 10_000;
const BATCH = 400;
const GOAL = 10_000;

const money = (holder: AccountName['holder']): AccountName => ({ unit: 'money', asset: 'CNY', holder });
const driver = (n: number) => money(`driver:${n}`);
const bank = (n: number) => money(`party:bank-${n}`);
const operator = money('party:operator'); // every settlement books here: as hot as an account can be
const clearing = money('clearing:swaps');

export const bench: Bench = ({ quick }) =>
  onDurablePostgres(async (place) => {
    await fund(place);
    await prepareBaselines(place.pool);
    const dice = chance(7);
    const batches = quick ? 10 : 30;
    let number = 0;
    const nextSets = (many: number) => Array.from({ length: many }, () => settlement(dice, `s${number++}`));

    const speed = await interleaved(quick ? 3 : 7, {
      linked: () => {
        const all = Array.from({ length: batches }, () => nextSets(BATCH));
        return measure(place.trees, () => postAll(place, all));
      },
      promised: () => {
        const all = Array.from({ length: batches / 2 }, () => promisesAndAnswers(nextSets(BATCH))).flat();
        return measure(place.trees, () => postAll(place, all));
      },
      raw: () => {
        const all = Array.from({ length: batches }, () => nextSets(BATCH).flatMap(asRows));
        return measure(place.trees, () => insertRaw(place.pool, all));
      },
      naive: () => {
        const all = nextSets(quick ? 150 : 400).flat();
        return measure(place.trees, () => postNaively(place.pool, all));
      },
    });
    await demandCleanBooks(place);
    const raw = 'raw insert of the same rows, no index';
    const naive = 'a transaction for each transfer';
    const { linked, promised } = speed;
    return [
      {
        metric: `linked transfers, durable, ${BATCH} sets a commit`,
        value: linked.perSecond,
        unit: 'transfers/s',
        baseline: { name: raw, value: speed.raw.perSecond },
        goal: { atLeast: GOAL },
      },
      {
        metric: 'linked transfers beside the naive way',
        value: linked.perSecond,
        unit: 'transfers/s',
        baseline: { name: naive, value: speed.naive.perSecond },
      },
      {
        metric: 'promises made, then kept by the next commit',
        value: promised.perSecond, // one leg a set, each on an account of its own: less to share in a commit, so no goal
        unit: 'transfers/s',
        baseline: { name: raw, value: speed.raw.perSecond },
      },
      {
        metric: 'CPU of a linked transfer, all processes',
        value: linked.cpuMsEach,
        unit: 'ms',
        baseline: { name: raw, value: speed.raw.cpuMsEach },
      },
      {
        metric: 'CPU of a linked transfer beside the naive way',
        value: linked.cpuMsEach,
        unit: 'ms',
        baseline: { name: naive, value: speed.naive.cpuMsEach },
      },
    ];
  });

/** The first legs as holds on the drivers' accounts, and what posts those holds: two batches, a commit each. */
function promisesAndAnswers(sets: readonly Linked[]): readonly (readonly Linked[])[] {
  const holds = sets.map(([first]): Linked => [{ ...(first as Transfer & { kind: 'posted' }), kind: 'pending' }]);
  const kept = holds.map(
    ([hold]): Linked => [{ kind: 'post', id: `${hold!.id}/kept`, pendingId: hold!.id, reason: 'swap' }],
  );
  return [holds, kept];
}

/** A driver pays; the fare goes through clearing to the operator, sometimes with a share for a bank of packs. */
function settlement(dice: Chance, id: string): Linked {
  const payer = driver(dice.between(0, DRIVERS - 1));
  const fen = dice.between(1000, 9000);
  const share = Math.floor(fen / 3);
  const legs = dice.between(2, 4);
  const move = (n: number, debit: AccountName, credit: AccountName, amount: number): Transfer => ({
    kind: 'posted',
    id: `${id}/${n}`,
    debit,
    credit,
    amount,
    reason: 'swap',
  });
  const set = [move(0, payer, clearing, fen)];
  if (legs === 2) return [...set, move(1, clearing, operator, fen)];
  set.push(move(1, clearing, operator, fen - share));
  if (legs === 3) return [...set, move(2, clearing, bank(dice.between(0, 7)), share)];
  return [...set, move(2, clearing, bank(0), share), move(3, bank(0), bank(1 + dice.between(0, 6)), 1)];
}

async function fund({ doWork }: Place): Promise<void> {
  const sets = Array.from(
    { length: DRIVERS },
    (_, n): Linked => [
      {
        kind: 'posted',
        id: `fund-${n}`,
        debit: money('outside:bank'),
        credit: driver(n),
        amount: 1e9,
        reason: 'top-up',
      },
    ],
  );
  for (let from = 0; from < DRIVERS; from += 1000)
    await doWork((work) => mustPost(work, sets.slice(from, from + 1000)));
}

async function postAll({ doWork }: Place, batches: readonly (readonly Linked[])[]): Promise<number> {
  for (const sets of batches) {
    const results = await doWork((work) => post(work, sets));
    for (const it of results) if (it.is !== 'created') throw new Error(`not booked: ${JSON.stringify(it)}`);
  }
  return batches.flat(2).length;
}

const prepareBaselines = (pool: pg.Pool) =>
  pool.query(`create schema naive;
    create table naive.raw (id text, kind text, debit text, credit text, amount bigint, reason text, link text, legs int, at timestamptz);
    create table naive.account as select holder, credits_posted, debits_posted from ledger.account where holder like 'driver:%'
      union all select 'party:operator', 0, 0 union all select 'clearing:swaps', 0, 0
      union all select 'party:bank-' || n, 0, 0 from generate_series(0, 7) n;
    alter table naive.account add primary key (holder), add check (debits_posted <= credits_posted);
    create table naive.transfer (id text primary key, debit text not null references naive.account,
      credit text not null references naive.account, amount bigint not null, reason text not null, at timestamptz not null)`);

type RawRow = readonly [string, string, string, string, number, string, string, number];
const asRows = (set: Linked): RawRow[] =>
  set.map((it) => {
    if (it.kind !== 'posted') throw new Error(`a settlement posts, it does not ${it.kind}`);
    return [it.id, it.kind, it.debit.holder, it.credit.holder, it.amount, it.reason, set[0]!.id, set.length];
  });

/** The raw limit: nothing is read, checked, locked or indexed. */
async function insertRaw(pool: pg.Pool, batches: readonly (readonly RawRow[])[]): Promise<number> {
  for (const rows of batches) {
    const columns = rows[0]!.map((_, column) => rows.map((row) => row[column]));
    await pool.query({
      name: 'raw',
      text: `insert into naive.raw select *, now() from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::int[])`,
      values: columns,
    });
  }
  return batches.flat().length;
}

/** The naive way, as well as it can be done: prepared statements, one transaction for each transfer. */
async function postNaively(pool: pg.Pool, transfers: readonly Transfer[]): Promise<number> {
  const client = await pool.connect();
  try {
    for (const it of transfers) {
      if (it.kind !== 'posted') throw new Error(`a settlement posts, it does not ${it.kind}`);
      const { id, debit, credit, amount, reason } = it;
      await client.query('begin');
      await client.query({
        name: 'naive-debit',
        text: 'update naive.account set debits_posted = debits_posted + $2 where holder = $1',
        values: [debit.holder, amount],
      });
      await client.query({
        name: 'naive-credit',
        text: 'update naive.account set credits_posted = credits_posted + $2 where holder = $1',
        values: [credit.holder, amount],
      });
      await client.query({
        name: 'naive-transfer',
        text: 'insert into naive.transfer values ($1, $2, $3, $4, $5, now())',
        values: [id, debit.holder, credit.holder, amount, reason],
      });
      await client.query('commit');
    }
  } finally {
    client.release();
  }
  return transfers.length;
}

/** A fast wrong answer is no answer. */
const demandCleanBooks = ({ doWork }: Place) =>
  doWork(async (work) => {
    const broken = (await check(work, ledgerInvariants)).filter((it) => it.violations.length > 0);
    if (broken.length > 0) throw new Error(`the books are wrong: ${JSON.stringify(broken)}`);
    const { rows } = await sql<{ it: string }>`select count(*) as it from ledger.transfer`.execute(work.db);
    if (Number(rows[0]!.it) <= DRIVERS) throw new Error('nothing was booked');
  });
