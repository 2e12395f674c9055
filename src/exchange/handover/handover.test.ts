// A pack goes from one organisation to another by what both have signed, and by nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { check, Refused } from '#kernel';
import { whereAre } from '#pack';
import { addParties } from '#party';
import { history } from '#record';
import { anomalies, setSlots, slotsOf } from '#station';
import { authorise, reported } from '#swap';
import { type PartyId, type SlotNo, W } from '#units';
import { cardOf, packCode, reading, smallNetwork, st1 } from '../../../test/seed.ts';
import { rolledBack, type TestWork } from '../../../test/work.ts';
import { allInvariants } from '../../audit.ts';
import { place } from '../../pack/place.ts';
import { giveKeys, takeKey } from '../../pack/title/testing.ts';
import { demandOffer } from './decide.ts';
import { deliver, demandCertificate } from './index.ts';
import type { Offer } from './statement.ts';
import { against, bring, offerTo, signedBy } from './testing.ts';
import { handoversShown } from './told.ts';

const code = packCode(1);
const party = (it: string) => it as PartyId;
const refused = (reason: string) => (error: unknown) => error instanceof Refused && error.code === reason;
const holderOf = async (work: TestWork) => (await whereAre(work, [code])).get(code);
const shown = async (work: TestWork) => await handoversShown(work, code, () => true);

/** Pack 1 stands at ST-1, which `op` runs; `other` runs stations elsewhere. */
const network = (body: (work: TestWork) => Promise<void>) =>
  rolledBack(async (work) => {
    await smallNetwork(work);
    await addParties(work, [{ id: party('other'), name: 'Other', kind: 'operator' }]);
    await giveKeys(work, 'op', 'other', 'bank');
    await body(work);
    for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
  });

test(
  'with one signature a hand-over waits; with both, custody and energy move, the slot is empty, and the record keeps what was signed',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    assert.deepEqual([offer.from, offer.state.soc, offer.state.soh.percent], ['op', 90, 98]);
    const first = await bring(work, code, await signedBy(offer, 'op'));
    assert.deepEqual([first.state, first.missing], ['offered', ['other']]);
    assert.equal(await holderOf(work), `station:${st1}`);
    const second = await bring(work, code, await signedBy(offer, 'other'));
    assert.deepEqual(second, { id: first.id, state: 'certified', missing: [] });
    assert.equal(await holderOf(work), 'party:other');
    const slots = (await slotsOf(work, [st1])).get(st1)!;
    assert.ok(!slots.some((it) => it.packCode === code));
    const told = (await history(work, `pack:${code}`)).filter((it) => it.type === 'pack.handed-over');
    const [item] = (await shown(work)).items;
    assert.deepEqual(
      told.map(({ body }) => [body.handover, body.from, body.to, body.note]),
      [[first.id, 'op', 'other', item!.note]],
    );
    assert.deepEqual(item!.signedBy, ['op', 'other']);
    assert.equal(item!.note.split('\n— ').length, 3, 'both signatures are in one note');
  }),
);

test(
  'the same delivered again changes nothing and tells the same, before and after both have signed',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    const note = await signedBy(offer, 'op');
    const first = await bring(work, code, note);
    assert.deepEqual(await bring(work, code, note), first);
    const both = await signedBy(offer, 'other', 'op');
    const done = await bring(work, code, both);
    work.later({ hours: 200 });
    for (const again of [note, both]) assert.deepEqual(await bring(work, code, again), done);
    assert.equal((await shown(work)).items.length, 1);
    const back = await offerTo(work, code, 'op');
    assert.deepEqual([back.from, back.after], ['other', 1]);
    await bring(work, code, await signedBy(back, 'other', 'op'));
    assert.equal(await holderOf(work), 'party:op');
  }),
);

test(
  'what is forged, of nobody’s key, of a key that was ended, late, early, out of step, of both sides equal or of another pack changes nothing',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    const note = await signedBy(offer, 'op', 'other');
    const no = async (text: string, reason: string) =>
      await assert.rejects(bring(work, code, text), refused(reason), reason);
    await no(note.replace('"soc":90', '"soc":91'), 'handover-note-wrong');
    await no(note.replace('"v":1', '"v": 1'), 'handover-note-wrong');
    await no(note.replace('"v":1', '"v":1,"w":1'), 'handover-note-wrong');
    await no('nothing', 'handover-note-wrong');
    await no(await signedBy(offer, 'bank'), 'handover-unsigned');
    await no(await signedBy({ ...offer, pack: packCode(2) }, 'op', 'other'), 'handover-note-wrong');
    await no(await signedBy({ ...offer, to: party('op') }, 'op'), 'handover-self');
    await no(await signedBy({ ...offer, after: 1 }, 'op', 'other'), 'handover-out-of-step');
    const ago = work.at.subtract({ seconds: 1 }).toString();
    await no(await signedBy({ ...offer, at: ago, until: ago }, 'op', 'other'), 'handover-late');
    const ahead = work.at.add({ hours: 1 }).toString();
    await no(await signedBy({ ...offer, at: ahead }, 'op', 'other'), 'handover-early');
    await no(await signedBy({ ...offer, from: party('bank') }, 'bank', 'other'), 'handover-not-custodian');
    await no(await signedBy({ ...offer, to: party('nobody') }, 'op'), 'party-unknown');
    const { soh } = offer.state;
    const outside = { ...offer, state: { ...offer.state, soh: { ...soh, lower: 99 } } };
    await no(await signedBy(outside, 'op'), 'handover-note-wrong');
    await no(
      await signedBy({ ...offer, head: { count: 1, head: `${'A'.repeat(43)}=`, index: 0 } }, 'op'),
      'handover-head-wrong',
    );
    await bring(work, code, await signedBy(offer, 'op'));
    await takeKey(work, 'other');
    await no(await signedBy(offer, 'other'), 'handover-unsigned');
    assert.equal(await holderOf(work), `station:${st1}`);
    assert.equal((await shown(work)).items.length, 1);
  }),
);

test(
  'a signature that waits counts no more once its key was ended: whoever stole it gets no pack',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    await bring(work, code, await signedBy(offer, 'op'));
    await takeKey(work, 'op');
    const after = await bring(work, code, await signedBy(offer, 'other'));
    assert.deepEqual([after.state, after.missing], ['offered', ['op']]);
    assert.equal(await holderOf(work), `station:${st1}`);
  }),
);

test(
  'a pack in a vehicle, in a swap, or in a slot that charges it is not handed over',
  network(async (work) => {
    const inUse = packCode(101);
    await assert.rejects(offerTo(work, inUse, 'other'), refused('handover-in-vehicle'));
    const stolen = { ...(await offerTo(work, code, 'other')), pack: inUse };
    await assert.rejects(bring(work, inUse, await signedBy(stolen, 'op', 'other')), refused('handover-in-vehicle'));
    const offer = await offerTo(work, code, 'other');
    await setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, powerW: W(40_000), transactionId: 'tx/1' }]);
    const note = await signedBy(offer, 'op', 'other');
    await assert.rejects(bring(work, code, note), refused('handover-slot-in-use'));
    await assert.rejects(offerTo(work, code, 'other'), refused('handover-slot-in-use'), 'nor drafted');
    await setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, powerW: W(0), transactionId: 'tx/1' }]);
    assert.ok(await offerTo(work, code, 'other'), 'full, while its transaction goes on');
    await setSlots(work, [{ stationId: st1, slotNo: 1 as SlotNo, transactionId: null }]);
    await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
    await assert.rejects(bring(work, code, note), refused('pack-in-swap'), 'it is promised to a driver');
  }),
);

test(
  'the receiver may sign that it is otherwise: both versions stay, custody too, the operator is told, and a new certificate settles it',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    const { id } = await bring(work, code, await signedBy(offer, 'op'));
    const said = await against(work, code, id);
    const no = async (given: Parameters<typeof against>[3], by: string, reason: string) =>
      await assert.rejects(bring(work, code, await signedBy({ ...said, ...given }, by)), refused(reason), reason);
    await no({ by: party('op') }, 'op', 'handover-not-receiver');
    await no({}, 'op', 'handover-unsigned');
    await no({ disputes: 'a'.repeat(64) }, 'other', 'handover-unknown');
    await no({ after: 1 }, 'other', 'handover-out-of-step');
    const note = await signedBy(said, 'other');
    const done = await bring(work, code, note);
    assert.equal(done.state, 'disputed');
    assert.deepEqual(await bring(work, code, note), done, 'the same again');
    assert.equal(await holderOf(work), `station:${st1}`);
    const lines = (await anomalies(work, { most: 10 })).filter((it) => it.kind === 'handover-disputed');
    assert.deepEqual(
      lines.map((it) => [it.stationId, it.about, it.times]),
      [[st1, code, 1]],
    );
    await assert.rejects(bring(work, code, await signedBy(offer, 'other')), refused('handover-disputed'));
    await no({ why: 'and another thing' }, 'other', 'handover-disputed');
    const [item] = (await shown(work)).items;
    assert.deepEqual([item!.dispute!.statement.state.soh.percent, item!.statement.state.soh.percent], [90, 98]);
    assert.equal(item!.dispute!.settledBy, null);

    const agreed = { ...(await offerTo(work, code, 'other')), state: said.state };
    assert.equal(agreed.after, 1);
    const settled = await bring(work, code, await signedBy(agreed, 'op', 'other'));
    assert.equal(settled.state, 'certified');
    const old = (await shown(work)).items.find((it) => it.id === id)!;
    assert.deepEqual([old.state, old.dispute!.settledBy], ['disputed', settled.id]);
    assert.equal(await holderOf(work), 'party:other');
  }),
);

test(
  'where one side is silent the offer expires, nothing has changed, and neither side can act on it any more',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    const { id } = await bring(work, code, await signedBy(offer, 'op'));
    const said = await against(work, code, id);
    work.later({ hours: 73 });
    assert.equal((await shown(work)).items[0]!.state, 'expired');
    assert.equal((await bring(work, code, await signedBy(offer, 'op'))).state, 'expired', 'the same again');
    await assert.rejects(bring(work, code, await signedBy(offer, 'other')), refused('handover-late'));
    const late = { ...said, until: work.at.add({ hours: 1 }).toString() };
    await assert.rejects(bring(work, code, await signedBy(late, 'other')), refused('handover-late'));
    assert.equal(await holderOf(work), `station:${st1}`);
  }),
);

test(
  'what was signed before a driver had the pack is no certificate of how it came back',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    await bring(work, code, await signedBy(offer, 'op'));
    work.later({ minutes: 10 });
    const about = { stationId: st1, requestId: 7, idToken: cardOf(1) };
    await authorise(work, [{ stationId: st1, idToken: cardOf(1) }]);
    const own = reading(20, 101, 10);
    const given = reading(1, 1, 90);
    await reported(work, [{ ...about, at: work.at, kind: 'in', packs: [own] }]);
    await reported(work, [{ ...about, at: work.at, kind: 'out', packs: [given] }]);
    await assert.rejects(bring(work, code, await signedBy(offer, 'other')), refused('handover-in-vehicle'));
    await place(work, code, { holder: `station:${st1}`, reason: 'it came back', by: 'test' });
    await assert.rejects(bring(work, code, await signedBy(offer, 'other')), refused('handover-moved'));
    const anew = await bring(work, code, await signedBy(await offerTo(work, code, 'other'), 'op', 'other'));
    assert.equal(anew.state, 'certified');
  }),
);

test(
  'of two offers that were signed at one time one is certified, and the slower is refused',
  network(async (work) => {
    const one = await offerTo(work, code, 'other');
    const two = { ...(await offerTo(work, code, 'bank')), place: 'Yard 4' };
    await bring(work, code, await signedBy(one, 'op'));
    await bring(work, code, await signedBy(two, 'op'));
    await bring(work, code, await signedBy(two, 'bank'));
    await assert.rejects(bring(work, code, await signedBy(one, 'other')), refused('handover-out-of-step'));
    assert.equal(await holderOf(work), 'party:bank');
  }),
);

test(
  'who does not see the pack brings the signature of who has it, or is told that there is no such pack',
  network(async (work) => {
    const offer = await offerTo(work, code, 'other');
    const blind = { isSeen: false, heads: undefined };
    await assert.rejects(deliver(work, code, await signedBy(offer, 'other'), blind), refused('pack-unknown'));
    const { state } = await deliver(work, code, await signedBy(offer, 'other', 'op'), blind);
    assert.equal(state, 'certified');
  }),
);

test(
  'between two organisations that sign, nobody corrects by hand who has a pack',
  network(async (work) => {
    await assert.rejects(demandCertificate(work, code, 'party:other'), refused('handover-needed'));
    await demandCertificate(work, code, 'party:op');
    await demandCertificate(work, code, 'party:maker'); // has no key: a correction, with its reason
  }),
);

test('no offer stands unless it is in time, in step, between two, and of a pack that its giver has', () => {
  const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
  const anyCase = fc.record({
    from: fc.constantFrom('a', 'b'),
    to: fc.constantFrom('a', 'b'),
    holder: fc.constantFrom('party:a' as const, 'station:S' as const, 'vehicle:V' as const, undefined),
    after: fc.nat(2),
    happened: fc.integer({ min: -10, max: 10 }),
    until: fc.integer({ min: -10, max: 10 }),
    had: fc.integer({ min: -10, max: 10 }),
  });
  fc.assert(
    fc.property(anyCase, ({ from, to, holder, after, happened, until, had }) => {
      const minutes = (many: number) => at.add({ minutes: many }).toString();
      const offer = { from, to, after, at: minutes(happened), until: minutes(until) } as Offer;
      const organisation = holder === undefined || holder.startsWith('vehicle:') ? undefined : party('a');
      const stands =
        from === 'a' &&
        to === 'b' &&
        organisation === 'a' &&
        after === 1 &&
        until >= 0 &&
        happened < 5 &&
        happened <= until &&
        had <= happened;
      let isTaken = true;
      try {
        demandOffer(offer, { custody: { holder, party: organisation, since: at.add({ minutes: had }) }, after: 1 }, at);
      } catch (error) {
        assert.ok(error instanceof Refused);
        isTaken = false;
      }
      assert.equal(isTaken, stands);
    }),
  );
});
