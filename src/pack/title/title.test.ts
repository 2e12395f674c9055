// Who owns which share of a pack, and what it takes to change that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { check, Refused, type Work } from '#kernel';
import { ownersOf, succeed } from '#pack';
import { addParties } from '#party';
import { history } from '#record';
import { setSlots } from '#station';
import type { PartyId, SlotNo } from '#units';
import { packCode, smallNetwork, st1 } from '../../../test/seed.ts';
import { rolledBack, type TestWork } from '../../../test/work.ts';
import { allInvariants } from '../../audit.ts';
import { demandPossible } from './decide.ts';
import { act, titleOf, titleShown } from './index.ts';
import { retireKey } from './keys.ts';
import { unrestricted } from './restrict.ts';
import type { Statement } from './statement.ts';
import { giveKeys, say, signed, signingKeyOf, transfer } from './testing.ts';
import { type Decided, type Lien, pledgedBy, type Title } from './title.ts';
import { tally } from './vote.ts';

const code = packCode(1);
const refused = (reason: string) => (error: unknown) => error instanceof Refused && error.code === reason;
const party = (it: string) => it as PartyId;

/** Pack 1 belongs to the bank (700,000) and its maker (300,000); a fund may buy. All have keys. */
const network = (body: (work: TestWork) => Promise<void>) =>
  rolledBack(async (work) => {
    await smallNetwork(work);
    await addParties(work, [{ id: party('fund'), name: 'Fund', kind: 'owner' }]);
    await giveKeys(work, 'bank', 'maker', 'fund', 'op');
    await body(work);
    for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  });

const shares = async (work: Work) =>
  Object.fromEntries((await ownersOf(work, [code])).get(code)!.map((it) => [it.party, it.millionths]));

test(
  'a share changes hands when both sides have signed, once, and the record keeps what they signed',
  network(async (work) => {
    await assert.rejects(say(work, code, transfer('bank', 'fund', 200_000), ['bank']), refused('title-unsigned'));
    await assert.rejects(
      say(work, code, transfer('bank', 'fund', 200_000), ['fund', 'maker']),
      refused('title-unsigned'),
    );
    await assert.rejects(
      say(work, code, transfer('bank', 'fund', 700_001), ['bank', 'fund']),
      refused('title-share-short'),
    );
    const until = work.at.add({ hours: 1 }).toString();
    const statement: Statement = { v: 1, pack: code, after: 0, until, ...transfer('bank', 'fund', 200_000) };
    const note = await signed(statement, ['bank', 'fund']);
    const done = await act(work, code, note);
    assert.deepEqual(await act(work, code, note), done, 'the same again');
    assert.deepEqual(await shares(work), { bank: 500_000, maker: 300_000, fund: 200_000 });
    const told = (await history(work, `pack:${code}`)).filter((it) => it.type === 'title.transferred');
    assert.deepEqual(
      told.map(({ body }) => [body.act, body.signers, body.note]),
      [[done.id, ['bank', 'fund'], note]],
    );
    const second = { ...transfer('bank', 'fund', 1), after: 0 };
    await assert.rejects(say(work, code, second, ['bank', 'fund']), refused('title-out-of-step'));
    const late = { ...transfer('bank', 'fund', 1), until: work.at.subtract({ seconds: 1 }).toString() };
    await assert.rejects(say(work, code, late, ['bank', 'fund']), refused('title-act-late'));
    await assert.rejects(say(work, code, transfer('bank', 'bank', 1), ['bank']), refused('title-self'));
    await assert.rejects(say(work, code, transfer('bank', 'nobody', 1), ['bank']), refused('title-unsigned'));
  }),
);

test(
  'what was not signed as it stands, or by a key that counts no more, changes nothing',
  network(async (work) => {
    const until = work.at.add({ hours: 1 }).toString();
    const statement: Statement = { v: 1, pack: code, after: 0, until, ...transfer('bank', 'fund', 200_000) };
    const note = await signed(statement, ['bank', 'fund']);
    for (const wrong of [
      note.replace('200000', '700000'),
      note.replace('"v":1', '"v": 1'),
      note.replace('"v":1', '"v":1,"w":1'),
      note.replace('\n\n', '\n\n\n'),
      'nothing',
      '',
    ])
      await assert.rejects(act(work, code, wrong), refused('title-note-wrong'), wrong);
    await assert.rejects(act(work, packCode(2), note), refused('title-note-wrong'), 'of another pack');
    await assert.rejects(act(work, packCode(77), note.replaceAll(code, packCode(77))), refused('pack-unknown'));
    const key = `${signingKeyOf('bank').name}`;
    const { keys } = await titleShown(work, code);
    await retireKey(work, keys.find((it) => it.key.startsWith(key))!, { name: 'a test' });
    await assert.rejects(act(work, code, note), refused('title-unsigned'));
    assert.deepEqual(await shares(work), { bank: 700_000, maker: 300_000 });
  }),
);

test(
  'a pledged share does not move without the holder of the lien, whose lien then gives way',
  network(async (work) => {
    const pledge = (lien: string, millionths: number) =>
      ({
        type: 'title.pledge',
        lien,
        owner: party('bank'),
        holder: party('op'),
        millionths,
        purpose: 'loan 7',
      }) as const;
    await assert.rejects(say(work, code, pledge('l1', 500_000), ['bank']), refused('title-unsigned'));
    await say(work, code, pledge('l1', 500_000), ['bank', 'op']);
    await assert.rejects(say(work, code, pledge('l1', 1), ['bank', 'op']), refused('lien-known'));
    await assert.rejects(say(work, code, pledge('l2', 200_001), ['bank', 'op']), refused('title-share-short'));
    await say(work, code, pledge('l2', 100_000), ['bank', 'op']);

    await say(work, code, transfer('bank', 'fund', 100_000), ['bank', 'fund']); // what is free
    const more = transfer('bank', 'fund', 150_000);
    await assert.rejects(say(work, code, more, ['bank', 'fund']), refused('title-pledged'));
    await say(work, code, more, ['bank', 'fund', 'op']);
    const { liens } = await titleOf(work, code);
    assert.deepEqual(
      liens.map((it) => [it.id, it.millionths]),
      [['l1', 450_000]],
      'the younger lien went first',
    );
    await assert.rejects(say(work, code, pledge('l2', 1), ['bank', 'op']), refused('title-share-short'));
    await assert.rejects(say(work, code, { type: 'title.release', lien: 'l1' }, ['bank']), refused('title-unsigned'));
    await say(work, code, { type: 'title.release', lien: 'l1' }, ['op']);
    await assert.rejects(say(work, code, { type: 'title.release', lien: 'l1' }, ['op']), refused('lien-unknown'));
    await assert.rejects(say(work, code, pledge('l1', 1), ['bank', 'op']), refused('lien-known'));
    await say(work, code, transfer('bank', 'fund', 450_000), ['bank', 'fund']);
    assert.deepEqual(await shares(work), { maker: 300_000, fund: 700_000 });
  }),
);

test(
  'owners of more than half let a pack, and they decide by share as it was when they were asked',
  network(async (work) => {
    const lease = { type: 'title.lease', lessee: party('op') } as const;
    await assert.rejects(say(work, code, lease, ['maker', 'op']), refused('title-unsigned'));
    await assert.rejects(say(work, code, lease, ['bank', 'maker']), refused('title-unsigned'));
    await say(work, code, lease, ['bank', 'op']);
    assert.equal((await titleShown(work, code)).lessee, 'op');
    await say(work, code, { type: 'title.lease', lessee: null }, ['op']);

    const closes = work.at.add({ hours: 48 }).toString();
    const question = { type: 'title.question', vote: 'v1', by: party('maker'), question: 'Sell?', closes } as const;
    await assert.rejects(say(work, code, { ...question, by: party('fund') }, ['fund']), refused('title-share-short'));
    await say(work, code, question, ['maker']);
    await assert.rejects(say(work, code, question, ['maker']), refused('vote-known'));
    await say(work, code, transfer('bank', 'fund', 700_000), ['bank', 'fund']);
    const ballot = (by: string, choice: 'yes' | 'no') =>
      ({ type: 'title.ballot', vote: 'v1', by: party(by), choice }) as const;
    await assert.rejects(say(work, code, ballot('fund', 'no'), ['fund']), refused('title-share-short'));
    await say(work, code, ballot('maker', 'yes'), ['maker']);
    await assert.rejects(say(work, code, ballot('maker', 'no'), ['maker']), refused('vote-cast'));
    await assert.rejects(say(work, code, ballot('bank', 'no'), ['maker']), refused('title-unsigned'));
    assert.equal((await titleShown(work, code)).votes[0]?.outcome, 'open');
    await say(work, code, ballot('bank', 'yes'), ['bank']);
    const [vote] = (await titleShown(work, code)).votes;
    assert.deepEqual([vote?.yes, vote?.no, vote?.outcome], [1_000_000, 0, 'carried']);
  }),
);

test(
  'a pack that begins its second life keeps its owners, its lessee and what is pledged of it',
  network(async (work) => {
    const pledge = { type: 'title.pledge', lien: 'l1', purpose: 'loan', millionths: 600_000 } as const;
    await say(work, code, { ...pledge, owner: party('bank'), holder: party('op') }, ['bank', 'op']);
    await say(work, code, { type: 'title.lease', lessee: party('op') }, ['bank', 'op']);
    await setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, state: 'empty', packCode: null }]);
    const made = await succeed(work, code, 'test');
    const { owners, liens, lessee } = await titleShown(work, made);
    assert.deepEqual(owners.find((it) => it.party === 'bank')?.pledged, 600_000);
    assert.deepEqual([liens[0]?.id, lessee], ['l1', 'op']);
    await assert.rejects(say(work, code, transfer('bank', 'fund', 1), ['bank', 'fund']), refused('title-share-short'));
    const much = transfer('bank', 'fund', 200_000);
    await assert.rejects(say(work, made, much, ['bank', 'fund']), refused('title-pledged'));
  }),
);

const parties = ['a', 'b', 'c', 'd'].map(party);
const at = Temporal.Instant.from('2026-11-22T08:00:00Z');

test('whatever is signed, shares always sum to the whole and nobody has pledged more than he owns', () => {
  const anyStep = fc.record({
    type: fc.constantFrom('title.transfer' as const, 'title.pledge' as const, 'title.release' as const),
    from: fc.constantFrom(...parties),
    to: fc.constantFrom(...parties),
    millionths: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constant(250_000)),
    lien: fc.constantFrom('l1', 'l2', 'l3', 'l4'),
    signers: fc.oneof({ weight: 3, arbitrary: fc.constant(parties) }, fc.subarray(parties)),
  });
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const held = new Map<PartyId, number>([
        [party('a'), 600_000],
        [party('b'), 400_000],
      ]);
      let liens: Lien[] = [];
      for (const { type, from, to, millionths, lien, signers } of steps) {
        const rest = { lessee: null, votes: [], offers: [], restrictions: unrestricted, kinds: new Map() };
        const title: Title = { acts: 0, shares: held, liens, ...rest };
        const head = { v: 1, pack: code, after: 0, until: '2026-11-23T08:00:00Z' } as const;
        const it: Statement =
          type === 'title.transfer'
            ? { ...head, type, from, to, millionths }
            : type === 'title.pledge'
              ? { ...head, type, lien, owner: from, holder: to, millionths, purpose: 'loan' }
              : { ...head, type, lien };
        let lessened: Decided['lessened'];
        try {
          ({ lessened } = demandPossible(title, it, new Set(signers), at));
        } catch (error) {
          assert.ok(error instanceof Refused);
          continue;
        }
        const of = (id: string) => lessened.find((one) => one.id === id)?.millionths ?? 0;
        for (const one of lessened)
          assert.ok(signers.includes(liens.find((other) => other.id === one.id)!.holder), 'no lien gives way unasked');
        liens = liens
          .map((one) => ({ ...one, millionths: one.millionths - of(one.id) }))
          .filter((one) => one.millionths > 0);
        if (it.type === 'title.transfer') {
          held.set(from, held.get(from)! - millionths);
          held.set(to, (held.get(to) ?? 0) + millionths);
        }
        if (it.type === 'title.pledge')
          liens.push({ id: lien, owner: from, holder: to, millionths, purpose: 'loan', since: at });
        assert.equal(
          [...held.values()].reduce((sum, one) => sum + one, 0),
          1_000_000,
        );
        for (const owner of parties) assert.ok((held.get(owner) ?? 0) >= pledgedBy({ liens }, owner));
      }
    }),
  );
});

test('a vote is carried by more than half of the whole, and silence is no consent', () => {
  const vote = (ballots: [string, 'yes' | 'no'][]) =>
    tally(
      {
        ...{ id: 'v', question: 'Sell?', askedBy: party('a'), askedAt: at, closesAt: at.add({ hours: 1 }) },
        ...{ proposal: null, threeQuarters: false, enactedAt: null },
        shares: new Map([
          [party('a'), 500_000],
          [party('b'), 300_000],
          [party('c'), 200_000],
        ]),
        ballots: new Map(ballots.map(([who, choice]) => [party(who), choice])),
      },
      at.add({ minutes: ballots.length === 2 ? 60 : 30 }),
    ).outcome;
  assert.equal(vote([['a', 'yes']]), 'open', 'half is not more than half');
  assert.equal(vote([['a', 'no']]), 'rejected', 'half against cannot be outvoted');
  assert.equal(
    vote([
      ['a', 'yes'],
      ['c', 'yes'],
    ]),
    'carried',
  );
  assert.equal(
    vote([
      ['b', 'yes'],
      ['c', 'yes'],
    ]),
    'rejected',
    'time is over',
  );
});
