// What owners have agreed on binds each of them, and what they vote is done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { check, Refused, type Work } from '#kernel';
import { mustPost } from '#ledger';
import { ownersOf, succeed } from '#pack';
import { addParties } from '#party';
import { setSlots } from '#station';
import type { PartyId, SlotNo } from '#units';
import { packCode, smallNetwork, st1 } from '../../../test/seed.ts';
import { rolledBack, type TestWork } from '../../../test/work.ts';
import { allInvariants } from '../../audit.ts';
import { titleShown } from './index.ts';
import { type Restrictions, unrestricted } from './restrict.ts';
import { giveKeys, say, transfer } from './testing.ts';

const code = packCode(1);
const party = (it: string) => it as PartyId;
const refused = (reason: string) => (error: unknown) => error instanceof Refused && error.code === reason;
const everybody = ['bank', 'maker', 'op', 'fund'];

/** Pack 1 belongs to the bank (500,000), its maker (300,000) and the operator (200,000); a fund of investors may buy. */
const network = (body: (work: TestWork) => Promise<void>) =>
  rolledBack(async (work) => {
    await smallNetwork(work);
    await addParties(work, [{ id: party('fund'), name: 'Fund', kind: 'owner' }]);
    await giveKeys(work, ...everybody);
    await say(work, code, transfer('bank', 'op', 200_000), ['bank', 'op']);
    await body(work);
    for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  });

const restrict = (it: Partial<Restrictions>) =>
  ({ type: 'title.restrict', restrictions: { ...unrestricted, ...it } }) as const;
const offer = (millionths: number, fen: number) =>
  ({ type: 'title.offer', offer: 'o1', from: party('bank'), to: party('fund'), millionths, fen }) as const;
const take = (by: string, millionths: number) =>
  ({ type: 'title.take', offer: 'o1', by: party(by), millionths }) as const;
const underOffer = (millionths: number) => ({ ...transfer('bank', 'fund', millionths), offer: 'o1' }) as const;

const shares = async (work: Work) =>
  Object.fromEntries((await ownersOf(work, [code])).get(code)!.map((it) => [it.party, it.millionths]));

/** As if it had earned so much by swaps. */
const rich = (work: Work, who: string, amount: number) => {
  const of = (holder: 'outside:bank' | `party:${string}`) => ({ unit: 'money' as const, asset: 'CNY', holder });
  const [debit, credit] = [of('outside:bank'), of(`party:${who}`)];
  return mustPost(work, [[{ kind: 'posted', id: `rich/${who}`, debit, credit, amount, reason: 'test' }]]);
};

const fenOf = async (work: Work, who: string): Promise<number> => {
  const { rows } = await sql<{ fen: string }>`select credits_posted - debits_posted as fen from ledger.account
    where unit = 'money' and holder = ${`party:${who}`}`.execute(work.db);
  return Number(rows[0]?.fen ?? 0);
};

test(
  'owners of more than half bind all; what protects somebody is taken from nobody who has not signed',
  network(async (work) => {
    await assert.rejects(say(work, code, restrict({ preemptionDays: 10 }), ['bank']), refused('title-unsigned'));
    await say(work, code, restrict({ preemptionDays: 10, leastMillionths: 100_000 }), ['bank', 'op']);
    await assert.rejects(
      say(work, code, restrict({ preemptionDays: 9, leastMillionths: 100_000 }), ['bank', 'op']),
      refused('title-unsigned'),
    );
    await say(work, code, restrict({ preemptionDays: 20, leastMillionths: 150_000 }), ['bank', 'maker']);
    assert.deepEqual((await titleShown(work, code)).restrictions, {
      ...unrestricted,
      preemptionDays: 20,
      leastMillionths: 150_000,
    });
    await say(work, code, restrict({}), ['bank', 'maker', 'op']);
    assert.deepEqual((await titleShown(work, code)).restrictions, unrestricted);
    const tooLong = restrict({ lockedUntil: '2099-01-01T00:00:00Z' });
    await assert.rejects(say(work, code, tooLong, everybody), refused('title-lock-long'));
    const strange = restrict({ buyers: { parties: [party('nobody')], kinds: [] } });
    await assert.rejects(say(work, code, strange, everybody), refused('party-unknown'));
  }),
);

test(
  'no share moves before its lock ends, none is split too small, and none goes to whom the owners do not admit',
  network(async (work) => {
    const lockedUntil = work.at.add({ hours: 48 }).toString();
    await say(work, code, restrict({ lockedUntil }), ['bank', 'maker']);
    const some = transfer('bank', 'fund', 100_000);
    await assert.rejects(say(work, code, some, everybody), refused('title-locked'));
    work.later({ hours: 48 });
    await say(work, code, restrict({ leastMillionths: 100_000, buyers: { parties: [], kinds: ['bank'] } }), [
      'bank',
      'maker',
    ]); // the lock is over: nobody loses anything
    await assert.rejects(say(work, code, some, everybody), refused('title-buyer-not-admitted'));
    await assert.rejects(say(work, code, transfer('op', 'bank', 150_000), everybody), refused('title-share-small'));
    await say(work, code, transfer('op', 'maker', 200_000), ['op', 'maker']);
    await assert.rejects(
      say(work, code, transfer('bank', 'op', 100_000), everybody),
      refused('title-buyer-not-admitted'),
    );
    const wider = { leastMillionths: 100_000, buyers: { parties: [party('fund')], kinds: ['bank' as const] } };
    await assert.rejects(say(work, code, restrict(wider), ['bank']), refused('title-unsigned'));
    await say(work, code, restrict(wider), ['bank', 'maker']);
    await assert.rejects(say(work, code, transfer('bank', 'fund', 99_999), everybody), refused('title-share-small'));
    await assert.rejects(say(work, code, transfer('bank', 'fund', 400_001), everybody), refused('title-share-small'));
    await say(work, code, some, ['bank', 'fund']);
    assert.deepEqual(await shares(work), { bank: 400_000, maker: 500_000, fund: 100_000 });
  }),
);

test(
  'who sells too early is told how long the other owners have',
  network(async (work) => {
    const told = async () =>
      await say(work, code, transfer('bank', 'fund', 1), ['bank', 'fund', 'maker']).then(
        () => assert.fail('it was sold'),
        (error: Error) => error.message,
      );
    await say(work, code, restrict({ preemptionDays: 1 }), ['bank', 'maker']);
    assert.match(await told(), /offer it to them for 1 day, or/);
    await say(work, code, restrict({ preemptionDays: 2 }), everybody);
    assert.match(await told(), /offer it to them for 2 days, or/);
  }),
);

test(
  'a share goes outside only when the other owners have left it: they take their part first, paid at the same moment',
  network(async (work) => {
    await say(work, code, restrict({ preemptionDays: 10 }), ['bank', 'maker']);
    await assert.rejects(
      say(work, code, transfer('bank', 'fund', 1), ['bank', 'fund', 'maker']),
      refused('title-preempted'),
      'the operator has not signed',
    );
    await assert.rejects(say(work, code, offer(300_001, 3001), ['fund']), refused('title-unsigned'));
    await say(work, code, offer(300_001, 3001), ['bank']);
    await assert.rejects(say(work, code, offer(1, 1), ['bank']), refused('offer-known'));
    await assert.rejects(say(work, code, underOffer(300_001), ['bank', 'fund']), refused('title-committed'));
    await assert.rejects(say(work, code, transfer('bank', 'fund', 200_000), everybody), refused('title-committed'));
    await assert.rejects(say(work, code, take('fund', 1), ['fund']), refused('title-share-short'));
    await assert.rejects(say(work, code, take('maker', 180_002), ['maker']), refused('offer-part'));
    await assert.rejects(say(work, code, take('maker', 180_001), ['maker']), refused('exceeds-balance'));
    await rich(work, 'maker', 5000);
    await say(work, code, take('maker', 180_001), ['maker']);
    assert.equal(await fenOf(work, 'bank'), 1800, '3001 x 180,001 / 300,001, rounded down');
    await assert.rejects(say(work, code, take('maker', 1), ['maker']), refused('offer-part'));
    await assert.rejects(say(work, code, take('op', 100_000), ['maker']), refused('title-unsigned'));

    work.later({ hours: 5 * 24 }); // the second half: whoever comes
    await say(work, code, take('maker', 20_000), ['maker']);
    await say(work, code, take('op', 50_000), ['op', 'bank']); // the seller signs: he was paid elsewhere
    await assert.rejects(say(work, code, take('op', 50_001), ['op', 'bank']), refused('offer-over'));
    work.later({ hours: 5 * 24 });
    await assert.rejects(say(work, code, take('op', 1), ['op', 'bank']), refused('offer-over'));
    await assert.rejects(say(work, code, underOffer(50_001), ['bank', 'fund']), refused('offer-differs'));
    await assert.rejects(
      say(work, code, { ...underOffer(50_000), to: party('maker') }, ['bank', 'maker']),
      refused('offer-differs'),
    );
    await say(work, code, underOffer(50_000), ['bank', 'fund']);
    await assert.rejects(say(work, code, underOffer(50_000), ['bank', 'fund']), refused('offer-over'));
    assert.deepEqual(await shares(work), { bank: 199_999, maker: 500_001, op: 250_000, fund: 50_000 });
    assert.deepEqual(
      (await titleShown(work, code)).offers.map((it) => [it.taken, it.standing]),
      [[250_001, 'done']],
    );
  }),
);

test(
  'a waiver that all the other owners sign lets a share go at once; an offer that nobody used lapses',
  network(async (work) => {
    await assert.rejects(say(work, code, offer(1, 1), ['bank']), refused('offer-needless'));
    await say(work, code, restrict({ preemptionDays: 10 }), ['bank', 'maker']);
    await say(work, code, transfer('bank', 'fund', 100_000), everybody);
    await say(work, code, offer(100_000, 1), ['bank']);
    const pledge = { type: 'title.pledge', lien: 'l1', owner: party('bank'), holder: party('fund') } as const;
    await assert.rejects(
      say(work, code, { ...pledge, millionths: 300_001, purpose: 'loan' }, ['bank', 'fund']),
      refused('title-committed'),
    );
    await say(work, code, restrict({ preemptionDays: 20 }), ['bank', 'maker']);
    work.later({ hours: 10 * 24 });
    await assert.rejects(
      say(work, code, underOffer(100_000), ['bank', 'fund']),
      refused('title-preempted'),
      'the others have more time by now',
    );
    work.later({ hours: 30 * 24 });
    await assert.rejects(say(work, code, underOffer(100_000), everybody), refused('offer-over'));
    assert.equal((await titleShown(work, code)).offers[0]?.standing, 'lapsed');
  }),
);

const question = (work: Work, days: number, proposal: unknown) =>
  ({
    ...{ type: 'title.question', vote: 'v1', by: party('bank'), question: 'As proposed?' },
    ...{ closes: work.at.add({ hours: days * 24 }).toString(), proposal },
  }) as never;
const ballot = (by: string, choice: 'yes' | 'no' = 'yes') =>
  ({ type: 'title.ballot', vote: 'v1', by: party(by), choice }) as const;
const enact = (by: string) => ({ type: 'title.enact', vote: 'v1', by: party(by) }) as const;

test(
  'a carried vote is done once and to the letter; three quarters can loosen what binds all, after notice',
  network(async (work) => {
    const before: Restrictions = { ...unrestricted, preemptionDays: 10 };
    await say(work, code, restrict(before), ['bank', 'maker']);
    const proposal = { kind: 'restrict', restrictions: unrestricted };
    await assert.rejects(say(work, code, question(work, 6, proposal), ['bank']), refused('vote-notice'));
    await assert.rejects(say(work, code, question(work, 91, proposal), ['bank']), refused('vote-notice'));
    await say(work, code, question(work, 7, proposal), ['bank']);
    await say(work, code, ballot('bank'), ['bank']);
    await say(work, code, ballot('op'), ['op']);
    await assert.rejects(say(work, code, enact('bank'), ['bank']), refused('vote-not-carried'), '700,000 are too few');
    await say(work, code, ballot('maker'), ['maker']);
    const [vote] = (await titleShown(work, code)).votes;
    assert.deepEqual([vote?.outcome, vote?.threeQuarters], ['carried', true]);
    await assert.rejects(say(work, code, enact('bank'), ['bank']), refused('vote-not-carried'), 'it is still open');
    work.later({ hours: 7 * 24 });
    await assert.rejects(say(work, code, enact('fund'), ['fund']), refused('title-share-short'));
    await say(work, code, enact('op'), ['op']);
    assert.deepEqual((await titleShown(work, code)).restrictions, unrestricted);
    await assert.rejects(say(work, code, enact('op'), ['op']), refused('vote-done'));
  }),
);

test(
  'half lets a pack by vote at once, and what a vote ordered is not loosened by one that asked before',
  network(async (work) => {
    await say(work, code, question(work, 1, { kind: 'lease', lessee: 'fund' }), ['bank']);
    await say(work, code, ballot('bank'), ['bank']);
    await say(work, code, ballot('op'), ['op']);
    await assert.rejects(say(work, code, enact('bank'), ['bank']), refused('title-unsigned'), 'the lessee, too');
    await say(work, code, enact('bank'), ['bank', 'fund']);
    assert.equal((await titleShown(work, code)).lessee, 'fund');
    const proposal = { kind: 'restrict', restrictions: { ...unrestricted, leastMillionths: 10_000 } };
    const second = { ...(question(work, 1, proposal) as object), vote: 'v2' } as never;
    await say(work, code, second, ['bank']);
    for (const it of ['bank', 'op']) await say(work, code, { ...ballot(it), vote: 'v2' }, [it]);
    await say(work, code, restrict({ leastMillionths: 20_000 }), ['bank', 'maker']);
    await assert.rejects(say(work, code, { ...enact('bank'), vote: 'v2' }, ['bank']), refused('title-looser'));
  }),
);

test(
  'three quarters can have a share sold, at the price they voted and paid at that moment; who is to sell cannot dodge it',
  network(async (work) => {
    await say(work, code, transfer('bank', 'maker', 250_000), ['bank', 'maker']); // 250,000 550,000 200,000
    const sale = { kind: 'sale', from: 'op', to: 'bank', millionths: 200_000, fen: 900 };
    await say(work, code, question(work, 7, sale), ['bank']);
    for (const it of ['bank', 'maker']) await say(work, code, ballot(it), [it]);
    await say(work, code, ballot('op', 'no'), ['op']);
    await assert.rejects(say(work, code, transfer('op', 'fund', 1), ['op', 'fund']), refused('title-committed'));
    work.later({ hours: 7 * 24 });
    await assert.rejects(say(work, code, enact('maker'), ['maker']), refused('title-unsigned'), 'the buyer, too');
    await assert.rejects(say(work, code, enact('bank'), ['bank']), refused('exceeds-balance'), 'not without the price');
    await rich(work, 'bank', 900);
    await say(work, code, enact('bank'), ['bank']);
    assert.deepEqual(await shares(work), { bank: 450_000, maker: 550_000 });
    assert.deepEqual([await fenOf(work, 'bank'), await fenOf(work, 'op')], [0, 900]);
    await assert.rejects(say(work, code, enact('bank'), ['bank']), refused('vote-done'));
  }),
);

test(
  'what was carried and not done in time orders nothing any more, and the share is free again',
  network(async (work) => {
    await say(work, code, transfer('bank', 'maker', 250_000), ['bank', 'maker']);
    const sale = { kind: 'sale', from: 'op', to: 'bank', millionths: 200_000, fen: 0 };
    await say(work, code, question(work, 7, sale), ['bank']);
    for (const it of ['bank', 'maker']) await say(work, code, ballot(it), [it]);
    work.later({ hours: 37 * 24 });
    await assert.rejects(say(work, code, enact('bank'), ['bank']), refused('vote-lapsed'));
    await say(work, code, transfer('op', 'fund', 1), ['op', 'fund']);
  }),
);

test(
  'restrictions follow a pack to the code of its second use',
  network(async (work) => {
    await say(work, code, restrict({ leastMillionths: 100_000 }), ['bank', 'maker']);
    await setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, state: 'empty', packCode: null }]);
    const made = await succeed(work, code, 'test');
    assert.equal((await titleShown(work, made)).restrictions.leastMillionths, 100_000);
    await assert.rejects(say(work, made, transfer('bank', 'fund', 1), ['bank', 'fund']), refused('title-share-small'));
  }),
);
