// The ledger on PostgreSQL against an independent model: whatever is asked in whatever order, both say and hold the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { check, type Work } from '#kernel';
import {
  type AccountName,
  accounts,
  type Bound,
  close,
  entries,
  expire,
  type Linked,
  ledgerInvariants,
  open,
  post,
  type Result,
  type Transfer,
} from '#ledger';
import { LedgerModel, type ModelResult, nameOf } from '../../test/ledgerModel.ts';
import { rolledBack, type TestWork, testStart } from '../../test/work.ts';

const names: readonly AccountName[] = [
  { unit: 'money', asset: 'CNY', holder: 'outside:bank' },
  { unit: 'money', asset: 'CNY', holder: 'driver:ann' },
  { unit: 'money', asset: 'CNY', holder: 'driver:bob' },
  { unit: 'money', asset: 'CNY', holder: 'party:operator' },
  { unit: 'energy', asset: 'Wh', holder: 'station:1' },
  { unit: 'energy', asset: 'Wh', holder: 'vehicle:1' },
  { unit: 'custody', asset: 'PACK1', holder: 'outside:maker' },
  { unit: 'custody', asset: 'PACK1', holder: 'station:1' },
];

const anyName = fc.constantFrom(...names);
/** Mostly two accounts of one unit, as a sane caller would ask. */
const anyPair = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(anyName, anyName).filter(([a, b]) => a.unit === b.unit && a !== b) },
  { weight: 1, arbitrary: fc.tuple(anyName, anyName) },
);
/** Few ids, so that many come twice; most promises have one of their own kind, so that most answers find theirs. */
const idIn = (letter: string, many: number) => fc.integer({ min: 0, max: many - 1 }).map((it) => `${letter}${it}`);
const allIds = ['t', 'p'].flatMap((letter) => Array.from({ length: 40 }, (_, n) => `${letter}${n}`));
const anyId = fc.oneof(
  { weight: 30, arbitrary: idIn('t', 40) },
  { weight: 2, arbitrary: idIn('p', 8) },
  { weight: 1, arbitrary: idIn('p', 8).map((it) => `${it}/expired`) },
);
const anyPendingId = fc.oneof({ weight: 30, arbitrary: idIn('p', 8) }, { weight: 1, arbitrary: anyId });
const anyAmount = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 0.5, Number.NaN, 2 ** 53, Number.MAX_SAFE_INTEGER, 2 ** 52) },
);
const maybe = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: undefined });
const anyMinute = fc.integer({ min: -1, max: 40 }).map((minutes) => testStart.add({ minutes }));
const reason = 'test';

const anyTransfer: fc.Arbitrary<Transfer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(anyId, anyPair, anyAmount)
      .map(([id, [debit, credit], amount]): Transfer => ({ kind: 'posted', id, debit, credit, amount, reason })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(anyPendingId, anyPair, anyAmount, maybe(anyMinute)).map(
      ([id, [debit, credit], amount, expiresAt]): Transfer => ({
        ...{ kind: 'pending', id, debit, credit, amount, reason },
        ...(expiresAt && { expiresAt }),
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(anyId, anyPendingId, maybe(anyAmount)).map(
      ([id, pendingId, amount]): Transfer => ({
        ...{ kind: 'post', id, pendingId, reason },
        ...(amount !== undefined && { amount }),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyId, anyPendingId)
      .map(([id, pendingId]): Transfer => ({ kind: 'void', id, pendingId, reason })),
  },
);
const anySet: fc.Arbitrary<Linked> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(anyTransfer) },
  { weight: 2, arbitrary: fc.array(anyTransfer, { minLength: 2, maxLength: 4 }) },
);

type Step =
  | { readonly does: 'post'; readonly sets: readonly Linked[] }
  | { readonly does: 'expire' }
  | { readonly does: 'wait'; readonly minutes: number }
  | { readonly does: 'close'; readonly name: AccountName };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.array(anySet, { maxLength: 12 }).map((sets): Step => ({ does: 'post', sets })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 10 }).map((minutes): Step => ({ does: 'wait', minutes })) },
  { weight: 2, arbitrary: fc.constant<Step>({ does: 'expire' }) },
  { weight: 1, arbitrary: anyName.map((name): Step => ({ does: 'close', name })) },
);

/** Some accounts have terms of their own; money to begin with comes from the outside. */
const anyTerms = fc.array(fc.tuple(anyName, fc.constantFrom<Bound>('none', 'debits', 'credits')), { maxLength: 3 });
const topUp: Linked = [1, 2, 3].map((n) => ({
  ...{ kind: 'posted', id: `top-up ${n}`, debit: names[0]!, credit: names[n]!, amount: 60, reason },
}));

test('the ledger answers and holds what the plain model answers and holds, and its invariants stay unbroken', async () => {
  await fc.assert(
    fc.asyncProperty(anyTerms, fc.array(anyStep, { maxLength: 14 }), async (terms, steps) => {
      await rolledBack(async (work) => {
        const model = new LedgerModel();
        await openTerms(work, model, terms);
        for (const step of [{ does: 'post', sets: [topUp] } satisfies Step, ...steps])
          await takeStep(work, model, step);
        await assertSameBooks(work, model);
        assert.equal(await expire(work), model.expire(work.at));
        await assertSameBooks(work, model);
        for (const { id, violations } of await check(work, ledgerInvariants)) assert.deepEqual(violations, [], id);
      })();
    }),
    { numRuns: 200 },
  );
});

test('a batch of n sets does what n batches of one do', async () => {
  await fc.assert(
    fc.asyncProperty(anyTerms, fc.array(anySet, { maxLength: 60 }), async (terms, sets) => {
      const all = [topUp, ...sets];
      const together = await booksAfter(terms, (work) => post(work, all));
      const oneByOne = await booksAfter(terms, async (work) => {
        const results: Result[] = [];
        for (const set of all) results.push(...(await post(work, [set])));
        return results;
      });
      assert.deepEqual(together, oneByOne);
    }),
    { numRuns: 100 },
  );
});

test('asking for the same sets again changes nothing, and what was made is said to exist', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anySet, { maxLength: 30 }), async (sets) => {
      await rolledBack(async (work) => {
        const first = await post(work, [topUp, ...sets]);
        const made = [topUp, ...sets].filter((_, index) => first[index]!.is === 'created');
        const before = await accountsOf(work);
        const again = await post(work, made);
        assert.deepEqual(new Set(again.map((it) => it.is)), new Set(['exists']));
        assert.deepEqual(await accountsOf(work), before);
      })();
    }),
    { numRuns: 100 },
  );
});

async function openTerms(work: Work, model: LedgerModel, terms: readonly (readonly [AccountName, Bound])[]) {
  for (const [name, bound] of terms) {
    await open(work, [{ ...name, bound }]);
    if (!model.bounds.has(nameOf(name))) model.bounds.set(nameOf(name), bound);
  }
}

async function takeStep(work: TestWork, model: LedgerModel, step: Step): Promise<void> {
  if (step.does === 'wait') work.later({ minutes: step.minutes });
  if (step.does === 'expire') assert.equal(await expire(work), model.expire(work.at));
  if (step.does === 'close') await closeBoth(work, model, step.name);
  if (step.does === 'post') {
    const results = await post(work, step.sets);
    for (const [index, set] of step.sets.entries()) assertSameResult(results[index]!, model.postSet(set, work.at));
    assert.equal(results.length, step.sets.length);
  }
}

async function closeBoth(work: Work, model: LedgerModel, name: AccountName): Promise<void> {
  if (!(await accounts(work, [name])).has(nameOf(name))) return;
  if (model.close(nameOf(name))) await close(work, name);
  else await assert.rejects(close(work, name), { code: 'account-has-pending' });
}

function assertSameResult(result: Result, expected: ModelResult): void {
  if (result.is !== 'refused') {
    assert.equal(result.is, expected);
  } else {
    assert.ok(typeof expected !== 'string', `${result.sentence}: the model says ${expected}`);
    assert.equal(result.id, expected.id);
    assert.ok(expected.reasons.has(result.why), `${result.why}: the model says ${[...expected.reasons]}`);
  }
}

async function assertSameBooks(work: Work, model: LedgerModel): Promise<void> {
  for (const [name, it] of await accounts(work, names)) {
    const { debitsPosted, creditsPosted, debitsPending, creditsPending } = it;
    assert.deepEqual({ debitsPosted, creditsPosted, debitsPending, creditsPending }, model.totals(name), name);
    assert.equal(it.closedAt !== null, model.closed.has(name));
  }
  const ids = [...new Set(model.booked.map((it) => it.id))];
  const booked = await entries(work, [...ids, ...allIds]);
  const brief = (it: { id: string; kind: string; amount: number }) => `${it.id} ${it.kind} ${it.amount}`;
  assert.deepEqual(booked.map(brief).sort(), model.booked.map(brief).sort());
}

async function booksAfter(
  terms: readonly (readonly [AccountName, Bound])[],
  act: (work: Work) => Promise<readonly Result[]>,
) {
  let books: unknown;
  await rolledBack(async (work) => {
    await openTerms(work, new LedgerModel(), terms);
    const results = await act(work);
    const totals = await accountsOf(work);
    books = { results: results.map((it) => ({ ...it, sentence: undefined })), totals };
  })();
  return books;
}

/** The accounts without their ids, which depend on who came first. */
const accountsOf = async (work: Work) =>
  new Map([...(await accounts(work, names))].map(([name, it]) => [name, { ...it, id: 0 }] as const));
