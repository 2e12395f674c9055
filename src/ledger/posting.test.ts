import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chance, chance, type Instant } from '#units';
import { testStart } from '../../test/work.ts';
import { type Account, type AccountName, accountKey, type Bound, keepsBound, usualBound } from './account.ts';
import { decideExpiry } from './expiry.ts';
import { type Books, decidePosting, type Entry } from './posting.ts';
import type { Linked, Result, Transfer } from './transfer.ts';

const name = (asset: string, holder: AccountName['holder']): AccountName => ({ unit: 'money', asset, holder });
const bank = name('CNY', 'outside:bank');
const ann = name('CNY', 'driver:ann');
const bob = name('CNY', 'driver:bob');
const reason = 'test';

function booksOf(names: readonly (AccountName & { bound?: Bound })[]): Books {
  const totals = { debitsPosted: 0, creditsPosted: 0, debitsPending: 0, creditsPending: 0, closedAt: null };
  const accounts = names.map((it, id): Account => ({ id, bound: usualBound(it), ...it, ...totals }));
  return {
    accounts: new Map(accounts.map((it) => [accountKey(it), it])),
    accountsById: new Map(accounts.map((it) => [it.id, it])),
    entries: new Map(),
    resolutions: new Map(),
  };
}

const posted = (id: string, debit: AccountName, credit: AccountName, amount: number): Transfer => ({
  ...{ kind: 'posted', id, debit, credit, amount, reason },
});
const pending = (id: string, debit: AccountName, credit: AccountName, amount: number): Transfer => ({
  ...{ kind: 'pending', id, debit, credit, amount, reason },
});
const answers = (results: readonly Result[]) => results.map((it) => (it.is === 'refused' ? it.why : it.is));
const decide = (books: Books, ...sets: Linked[]) => answers(decidePosting(books, sets, testStart).results);

test('a driver cannot promise the same fen twice, and gets back what a part payment leaves over', () => {
  const books = booksOf([bank, ann, bob]);
  assert.deepEqual(
    decide(
      books,
      [posted('top-up', bank, ann, 100)],
      [pending('hold', ann, bob, 80)],
      [posted('too much', ann, bob, 30)],
      [{ kind: 'post', id: 'pay', pendingId: 'hold', amount: 50, reason }],
      [posted('now it fits', ann, bob, 30)],
    ),
    ['created', 'created', 'exceeds-balance', 'created', 'created'],
  );
  assert.deepEqual(
    [ann, bob].map((it) => books.accounts.get(accountKey(it))).map((it) => it!.creditsPosted - it!.debitsPosted),
    [20, 80],
  );
});

test('one leg that does not fit undoes the legs before it and leaves the neighbours alone', () => {
  const books = booksOf([bank, ann, bob]);
  const { results, entries } = decidePosting(
    books,
    [
      [posted('a', bank, ann, 10)],
      [posted('b1', ann, bob, 10), posted('b2', bob, bank, 10), posted('b3', ann, bob, 1)],
      [posted('c', ann, bob, 10)],
    ],
    testStart,
  );
  assert.deepEqual(answers(results), ['created', 'exceeds-balance', 'created']);
  assert.deepEqual(
    entries.map((it) => it.id),
    ['a', 'c'],
  );
});

test('a retry may come with another reason or expiry, never with another amount, side or kind', () => {
  const books = booksOf([bank, ann, bob]);
  const hold = { ...pending('hold', bank, ann, 10), reason: 'first', expiresAt: testStart.add({ minutes: 5 }) };
  const again = { ...hold, reason: 'second', expiresAt: testStart.add({ minutes: 6 }) };
  assert.deepEqual(decide(books, [hold], [again]), ['created', 'exists']);
  const others = [
    [{ ...hold, amount: 11 }],
    [{ ...hold, credit: bob }],
    [{ ...hold, debit: ann, credit: bank }],
    [posted('hold', bank, ann, 10)],
  ] as const;
  assert.deepEqual(new Set(decide(books, ...others)), new Set(['id-used-for-another-transfer']));
});

test('a promise kept in part is not the same request as one kept whole', () => {
  const books = booksOf([bank, ann]);
  const part: Transfer = { kind: 'post', id: 'pay', pendingId: 'hold', amount: 4, reason };
  const whole: Transfer = { kind: 'post', id: 'pay', pendingId: 'hold', reason };
  assert.deepEqual(decide(books, [pending('hold', bank, ann, 10)], [part], [part], [whole]), [
    'created',
    'created',
    'exists',
    'id-used-for-another-transfer',
  ]);
});

test('no total grows beyond what a number holds exactly, promises included', () => {
  const books = booksOf([bank, ann]);
  assert.deepEqual(
    decide(
      books,
      [pending('a', bank, ann, Number.MAX_SAFE_INTEGER)],
      [posted('b', bank, ann, 1)],
      [{ kind: 'post', id: 'c', pendingId: 'a', reason }],
    ),
    ['created', 'too-large', 'created'],
  );
});

test('after a million random operations every asset sums to zero, every bound is kept, every total is its entries', () => {
  let made = 0;
  for (let seed = 0; seed < 20; seed++) made += runAtRandom(chance(seed), 50_000);
  assert.ok(made > 200_000, `only ${made} of a million were possible`); // so that the run proves something
});

function runAtRandom(dice: Chance, operations: number): number {
  const assets = ['CNY', 'EUR'];
  const bounds: Bound[] = ['none', 'debits', 'debits', 'debits', 'credits'];
  const accounts = assets.flatMap((asset) => [
    name(asset, 'outside:bank'),
    ...bounds.map((bound, n) => ({ ...name(asset, `driver:${n}`), bound })),
  ]);
  const books = booksOf(accounts);
  const made: Entry[] = [];
  let at = testStart;
  for (let done = 0; done < operations; ) {
    at = at.add({ seconds: 10 });
    const sets = Array.from({ length: 100 }, () => randomSet(dice, accounts, done++, at));
    const posting = decidePosting(books, sets, at);
    made.push(...posting.entries);
    for (const it of posting.accounts) assert.ok(keepsBound(it), accountKey(it));
    if (done % 1000 === 0) made.push(...expireAll(books, at));
  }
  assertTrialBalance(books, made);
  return made.length;
}

function randomSet(dice: Chance, accounts: readonly AccountName[], number: number, at: Instant): Linked {
  const legs = dice.pick([1, 1, 2, 3]);
  return Array.from({ length: legs }, (_, leg): Transfer => {
    const id = `${dice.next() < 0.02 ? dice.between(0, number) : number}/${leg}`;
    const pendingId = `${number - dice.between(0, 40)}/0`;
    const [debit, credit] = [dice.pick(accounts), dice.pick(accounts)];
    const amount = dice.between(1, 1000);
    const kind = dice.pick(['posted', 'posted', 'pending', 'pending', 'post', 'post', 'void'] as const);
    if (kind === 'posted') return { kind, id, debit, credit, amount, reason };
    if (kind === 'pending') return { kind, id, debit, credit, amount, reason, expiresAt: at.add({ seconds: 60 }) };
    if (kind === 'void') return { kind, id, pendingId, reason };
    return dice.next() < 0.5 ? { kind, id, pendingId, reason } : { kind, id, pendingId, amount, reason };
  });
}

function expireAll(books: Books, at: Instant): readonly Entry[] {
  const late = [...books.entries.values()].filter(
    (it) => it.expiresAt && !books.resolutions.has(it.id) && Temporal.Instant.compare(it.expiresAt, at) <= 0,
  );
  const ended = decideExpiry([...books.accountsById.values()], late, at);
  for (const it of ended.accounts) {
    books.accounts.set(accountKey(it), it);
    books.accountsById.set(it.id, it);
  }
  for (const it of ended.entries) {
    books.entries.set(it.id, it);
    books.resolutions.set(it.pendingId!, it);
  }
  return ended.entries;
}

function assertTrialBalance(books: Books, made: readonly Entry[]): void {
  const resolved = new Set(made.map((it) => it.pendingId));
  const accounts = [...books.accountsById.values()];
  const fresh = new Map(accounts.map((it) => [it.id, [0, 0, 0, 0]]));
  for (const { id, kind, debitId, creditId, amount } of made) {
    const column = kind === 'posted' || kind === 'post' ? 0 : kind === 'pending' && !resolved.has(id) ? 2 : undefined;
    if (column === undefined) continue;
    fresh.get(debitId)![column]! += amount;
    fresh.get(creditId)![column + 1]! += amount;
  }
  for (const it of accounts)
    assert.deepEqual([it.debitsPosted, it.creditsPosted, it.debitsPending, it.creditsPending], fresh.get(it.id));
  for (const asset of new Set(accounts.map((it) => it.asset))) {
    const ofAsset = accounts.filter((it) => it.asset === asset);
    assert.equal(
      ofAsset.reduce((sum, it) => sum + it.creditsPosted - it.debitsPosted, 0),
      0,
    );
    assert.equal(
      ofAsset.reduce((sum, it) => sum + it.creditsPending - it.debitsPending, 0),
      0,
    );
  }
}
