// What the page of title makes of what is typed and brought: exact, or refused; and the same signatures as the command makes.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { privateKeyLine, signedNote, signingKey, verifierKey } from '#record/log';
import { titleAct } from '../../../../src/pack/api/titleStatement.ts';
import type { Statement as Said } from '../../../../src/pack/title/statement.ts';
import { statementText } from '../../../../src/pack/title/statement.ts';
import { signed, signingKeyOf } from '../../../../src/pack/title/testing.ts';
import { packCode } from '../../../../test/seed.ts';
import { CallFailed } from '../../../shared/client.ts';
import { type Brought, bring } from './brought.ts';
import { actOf, fieldsOf, firstTyped, type Kind, kinds } from './kinds.ts';
import { idOf, looked, noteIn, noteOf, type Prepared, standingOf, statementIn, withLines } from './notes.ts';
import { signatureOf } from './signHere.ts';
import { type Field, fenOf, instantOf, localOf, millionthsOf, percentOf, type Typed } from './typed.ts';
import type { Title } from './words.ts';

const pack = packCode(1);
const said = { v: 1, pack, after: 3, until: '2099-01-01T00:00:00Z' } as const;
const transfer = { ...said, type: 'title.transfer', from: 'alfa', to: 'zulu', millionths: 250_000 } as Said;
const text = statementText(transfer);
const keysOf = async (...parties: string[]): Promise<Title['keys']> =>
  (await Promise.all(
    parties.map(async (party) => ({ party, key: await verifierKey(signingKeyOf(party), 'note') })),
  )) as never;
const onBench = async (lines: readonly string[] = []): Promise<Prepared> => ({
  text,
  lines,
  needed: { mustSign: ['alfa', 'zulu'] as never, andMoreThanHalf: false, keys: await keysOf('alfa', 'zulu') },
});
const owners = [
  { party: 'alfa', millionths: 500_000, pledged: 0 },
  { party: 'bravo', millionths: 500_000, pledged: 0 },
] as unknown as Title['owners'];

const bare = {
  acts: 4,
  restrictions: { preemptionDays: null, leastMillionths: null, buyers: null, lockedUntil: null },
} as unknown as Title;

/** Something that fits in each field. */
const filled: Readonly<Record<Field, string>> = {
  ...{ from: 'alfa', to: 'zulu', owner: 'alfa', holder: 'bank', by: 'alfa', share: '12.5', price: '1000.5' },
  ...{
    lien: 'lien-1',
    vote: 'vote-1',
    offer: 'offer-1',
    underOffer: 'offer-1',
    lienName: 'lien-2',
    voteName: 'vote-2',
  },
  ...{ offerName: 'offer-2', purpose: 'a loan', lessee: 'op', question: 'Shall we?', closes: '2026-12-01T12:00' },
  ...{
    proposal: 'sale',
    choice: 'yes',
    preemptionDays: '30',
    least: '5',
    buyers: 'zulu, bank',
    buyerKinds: 'bank,maker',
  },
  ...{ lockedUntil: '2027-01-01T00:00', days: '7' },
};

suite('what is typed about title', () => {
  test('a share in percent is that many millionths, to the last of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (it) => assert.equal(millionthsOf(percentOf(it)), it)),
    );
    for (const it of ['0', '100.0001', '1.23456', '-1', 'half', '', '1e2'])
      assert.equal(millionthsOf(it), undefined, it);
    assert.equal(millionthsOf('12,5 %'), 125_000);
  });

  test('an amount in yuan is whole fen, and an instant is the one that the field shows in the zone of the network', () => {
    assert.deepEqual([fenOf('1000.5'), fenOf('0'), fenOf('0.001'), fenOf('1,000')], [100_050, 0, undefined, undefined]);
    assert.equal(instantOf('2026-12-01T12:00'), '2026-12-01T04:00:00Z');
    assert.equal(localOf(Date.parse('2026-12-01T04:00:00Z')), '2026-12-01T12:00');
    assert.equal(instantOf(''), undefined);
  });

  test('every kind makes an act that the network understands, and none while a field is missing that it needs', () => {
    for (const kind of kinds) {
      const made = actOf(kind, filled);
      assert.ok('act' in made, `${kind}: ${JSON.stringify(made)}`);
      titleAct.parse(made.act);
      const { days } = filled;
      const nothing = actOf(kind, { days });
      assert.equal('act' in nothing, kind === 'lease' || kind === 'restrict', kind);
    }
    for (const proposal of ['', 'restrict', 'lease', 'sale']) {
      const made = actOf('question', { ...filled, proposal });
      assert.ok('act' in made && titleAct.parse(made.act), proposal);
    }
  });

  test('a field that cannot be read is named, and it is one that the form shows', () => {
    for (const kind of kinds)
      for (const field of fieldsOf(kind, filled)) {
        const made = actOf(kind, { ...filled, [field]: '\u0000' });
        if ('wrong' in made) assert.equal(made.wrong, field, `${kind}.${field}`);
      }
    assert.deepEqual(actOf('transfer', { ...filled, days: '367' }), { wrong: 'days' });
  });

  test('a form of restrictions begins with those in force, so that saying them as a whole loses none', () => {
    const restrictions = {
      ...{ preemptionDays: 14, leastMillionths: 123_457, lockedUntil: '2027-03-01T04:30:00Z' },
      buyers: { parties: ['zulu'], kinds: ['bank'] },
    };
    const typed: Typed = firstTyped('restrict', { ...bare, restrictions } as unknown as Title, 0);
    assert.deepEqual(actOf('restrict', typed), { act: { type: 'title.restrict', restrictions } });
  });

  test('what is new gets a name that no act before can have taken by the form', () => {
    for (const [kind, field] of [
      ['pledge', 'lienName'],
      ['question', 'voteName'],
      ['offer', 'offerName'],
    ] as [Kind, Field][])
      assert.match(firstTyped(kind, bare, 0)[field] ?? '', /-5$/);
  });
});

suite('what is brought about title', () => {
  test('signatures that came apart make one note that holds for all of them, each once', async () => {
    const [alfa, zulu] = [noteIn(await signed(transfer, ['alfa']))!, noteIn(await signed(transfer, ['zulu']))!];
    const both = withLines(withLines(withLines(await onBench(), alfa.lines), zulu.lines), alfa.lines);
    assert.equal(noteOf(both), await signed(transfer, ['alfa', 'zulu']));
    const parties = (await looked(both)).map((it) => (it.is === 'good' ? it.party : it.is));
    assert.deepEqual(parties, ['alfa', 'zulu']);
  });

  test('a note is read as a mail or the command brings it, and what is none is not', async () => {
    const note = await signed(transfer, ['alfa']);
    const { text: read, lines } = noteIn(note)!;
    for (const it of [note.trimEnd(), note.replaceAll('\n', '\r\n'), JSON.stringify({ note }), `\uFEFF${note}`])
      assert.deepEqual(noteIn(it), { text: read, lines });
    for (const it of ['', 'hello', text, '{"note":7}', `${text}\nno signature\n`])
      assert.equal(noteIn(it), undefined, it);
  });

  test('only the one form of a text about title is shown to be signed, since others would show one thing and sign another', () => {
    assert.deepEqual(statementIn(text), JSON.parse(text));
    assert.equal(statementIn(text.replace('{', '{ ')), undefined);
    assert.equal(statementIn(text.trimEnd()), undefined);
    const twice = text.replace('{', '{"millionths":1,');
    assert.equal(statementIn(twice), undefined, 'a name that stands there twice');
    assert.equal(statementIn('{"type":"handover"}\n'), undefined);
    const undated = statementText({ ...transfer, until: 'soon' } as Said);
    assert.equal(statementIn(undated), undefined, 'an instant that is none');
  });

  test('a signature of another text, of a stranger, and one that is damaged are told apart', async () => {
    const other = statementText({ ...transfer, millionths: 1 } as Said);
    const [, , ofOther] = (await signedNote(signingKeyOf('alfa'), other)).split('\n');
    const [, , ofEve] = (await signedNote(signingKeyOf('eve'), text)).split('\n');
    const is = (await looked(await onBench([ofOther!, ofEve!]))).map((it) => it.is);
    assert.deepEqual(is, ['wrong', 'unknown']);
  });

  test('it is complete when all who must have signed, and half of a pack is not more than half', async () => {
    const bench = await onBench();
    assert.deepEqual(standingOf(bench, new Set(['alfa']), owners).missing, ['zulu']);
    assert.ok(standingOf(bench, new Set(['alfa', 'zulu']), owners).isComplete);
    const half: Prepared = { ...bench, needed: { ...bench.needed, mustSign: [], andMoreThanHalf: true } };
    assert.equal(standingOf(half, new Set(['alfa']), owners).isComplete, false);
    assert.ok(standingOf(half, new Set(['alfa', 'bravo']), owners).isComplete);
  });

  test('the id of an act is the one that the network gives it', async () => {
    assert.match(await idOf(text), /^[0-9a-f]{64}$/);
    assert.equal(await idOf('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

suite('several notes brought at once', () => {
  const draft = async () => ({ statement: JSON.parse(text), text, ...(await onBench()).needed }) as never;
  const refusal = new CallFailed(409, 'too little');
  const refuse = async () => Promise.reject(refusal);
  const acts = (many: number) => Array.from({ length: many }, (_, no) => ({ id: `act ${no}`, no })) as never;
  const network = { code: pack as never, acts: acts(3), now: 0, draft };
  const faultsIn = ({ faults }: Brought) => faults.map(({ given, fault }) => [given.name, fault.is]);
  const note = async (party: string, of: Said = transfer) => ({ name: party, text: await signed(of, [party]) });

  test('the good ones are taken in whatever stands between them, and each bad one is named', async () => {
    const bad = { name: 'bad', text: 'hello' };
    const damaged = {
      name: 'damaged',
      text: (await note('zulu', { ...transfer, millionths: 1 } as Said)).text.replace(
        '"millionths":1,',
        '"millionths":250000,',
      ),
    };
    const { taken, prepared, ...rest } = await bring(network, undefined, [
      bad,
      await note('alfa'),
      damaged,
      await note('zulu'),
    ]);
    assert.deepEqual(
      taken.map((it) => it.name),
      ['alfa', 'zulu'],
    );
    assert.equal(noteOf(prepared!), await signed(transfer, ['alfa', 'zulu']));
    assert.deepEqual(faultsIn({ taken, prepared, ...rest }), [
      ['bad', 'not-a-note'],
      ['damaged', 'wrong-signature'],
    ]);
  });

  test('a text that can still be delivered comes before one that others have overtaken', async () => {
    const old = { ...transfer, after: 1 } as Said;
    const brought = await bring(network, undefined, [
      { ...(await note('alfa', old)), name: 'old' },
      await note('alfa'),
    ]);
    assert.equal(brought.prepared?.text, text);
    assert.deepEqual(faultsIn(brought), [['old', 'other-text']]);
  });

  test('of one that was delivered, overtaken, or is late it is said so, and not what it would be refused for now', async () => {
    const alfa = await note('alfa');
    const of = async (it: object) => faultsIn(await bring({ ...network, draft: refuse, ...it }, undefined, [alfa]));
    const done = [...(acts(3) as readonly object[]), { id: await idOf(text), no: 3 }] as never;
    assert.deepEqual(await of({ acts: done }), [['alfa', 'done']]);
    assert.deepEqual(await of({ acts: acts(4) }), [['alfa', 'overtaken']]);
    assert.deepEqual(await of({ now: Date.parse('2100-01-01T00:00:00Z') }), [['alfa', 'late']]);
    assert.deepEqual(await of({}), [['alfa', 'refused']]);
  });

  test('what lies on the bench stays there when nothing good was brought', async () => {
    const before = await onBench();
    assert.equal((await bring(network, before, [{ text: 'hello' }])).prepared, before);
  });
});

suite('a signature made in the browser', () => {
  test('is the one that the command makes with the same key file', async () => {
    const seed = new Uint8Array(32).fill(7);
    const file = `${await privateKeyLine('alfa.example/title', seed)}\n`;
    const [, , line] = (await signedNote(signingKey('alfa.example/title', seed), text)).split('\n');
    assert.deepEqual(await signatureOf(file, text), { line });
  });

  test('is not made with a file that is no key, or whose name was changed', async () => {
    const file = await privateKeyLine('alfa.example/title', new Uint8Array(32).fill(7));
    for (const it of ['', 'hello', file.slice(0, -4), file.replace('alfa', 'zulu')])
      assert.equal(await signatureOf(it, text), 'no-key', it.slice(0, 30));
    const inSm2 = await privateKeyLine('alfa.example/title', new Uint8Array(32).fill(7), 'sm2');
    assert.equal(await signatureOf(inSm2, text), 'sm2');
  });
});
