// docs/spec/record.md is enough: a verifier in another language, written from it alone, says the same as ours; and the schema beside
// it takes and refuses what our reader does.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { type Draft, keyActEntry, signingKey, verifierKey } from '#record/log';
import { canonicalBytes, disclosureDigest, type Json, readEntry, textOf, writeDisclosure } from '#record/verify';
import { draft, keyOf, MemoryLog } from '../../src/record/log/testing.ts';

const program = join(import.meta.dirname, 'verify_record.py');
const noPython = spawnSync('python3', ['--version']).status === 0 ? false : 'there is no python3 here';
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/spec/entry.schema.json'), 'utf8'));

const disclosure = writeDisclosure({
  salt: 'A'.repeat(22),
  name: 'public',
  value: { grade: 'vehicle', 电: [1.5, null] },
});
const told = async (): Promise<Draft> => ({
  ...draft('pack:P3', 'pack.graded'),
  commitments: [{ to: 'public', digest: await disclosureDigest(disclosure) }],
});
const witnesses = ['bank', 'maker', 'insurer'].map(keyOf);

async function someLog(): Promise<MemoryLog> {
  const log = new MemoryLog();
  for (let batch = 0; batch < 8; batch++) {
    const plain = Array.from({ length: 40 }, (_, n) => draft(`pack:P${(n * batch) % 11}`, 'pack.charged', n));
    await log.append([...plain, await told()], witnesses.slice(0, 2));
  }
  return log;
}

suite('the specification of the record', { skip: noPython }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-spec-'));
  after(() => rmSync(dir, { recursive: true }));
  const file = (name: string, text: string | Uint8Array) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const python = (...args: string[]) =>
    new Promise<{ code: number; out: string; errors: string }>((done) =>
      execFile('python3', [program, ...args], (error, out, errors) =>
        done({ code: error ? Number(error.code) : 0, out, errors }),
      ),
    );
  const shown = (it: Awaited<ReturnType<MemoryLog['history']>>) => ({
    head: it.head,
    path: it.path.map((hash) => hash.toBase64()),
    receipt: textOf(it.receipt),
    events: it.events.map((event) => textOf(event)),
  });

  test('is enough to verify a receipt with its seal, witnesses and disclosures, and to see what is wrong with one', async () => {
    const log = await someLog();
    const policy = file('policy', await log.policyText(witnesses, '2'));
    const producers = file('producers', `${await verifierKey(log.producer, 'note')}\n`);
    const receipt = textOf(await log.receipt(3, 40, { disclosures: [disclosure] }))!;
    const verdict = await python('receipt', file('receipt', receipt), policy, producers);
    assert.equal(verdict.code, 0, verdict.errors);
    const said = JSON.parse(verdict.out);
    assert.deepEqual(
      [said.entry.subject, said.size, said.witnesses, said.disclosed],
      ['pack:P3', log.tree.range.size, ['w1', 'w2'], { public: { grade: 'vehicle', 电: [1.5, null] } }],
    );
    const changed = (at: number) => receipt.slice(0, at) + (receipt[at] === 'A' ? 'B' : 'A') + receipt.slice(at + 1);
    for (const at of [60, 500, 1_000, receipt.indexOf('\nindex') + 20, receipt.length - 60]) {
      const wrong = await python('receipt', file('wrong', changed(at)), policy, producers);
      assert.deepEqual([wrong.code, /^does not hold: /.test(wrong.errors)], [1, true], `${at}: ${wrong.errors}`);
    }
    const strict = file('strict', await log.policyText(witnesses, 'all'));
    assert.match((await python('receipt', join(dir, 'receipt'), strict)).errors, /not enough witnesses/);
    const others = file('others', await verifierKey(signingKey('other', new Uint8Array(32)), 'note'));
    assert.match((await python('receipt', join(dir, 'receipt'), policy, others)).errors, /not sealed by a producer/);
  });

  test('is enough to verify that nothing is left out of a history', async () => {
    const log = await someLog();
    const policy = file('policy', await log.policyText(witnesses, '2'));
    const whole = shown(await log.history('pack:P3'));
    const verdict = await python('history', file('history', JSON.stringify(whole)), policy);
    assert.equal(verdict.code, 0, verdict.errors);
    assert.equal(JSON.parse(verdict.out).events, whole.events.length);
    for (const [events, why] of [
      [whole.events.slice(0, -1), /left out/],
      [whole.events.with(2, whole.events[3]), /does not follow/],
    ] as const) {
      const wrong = await python('history', file('hidden', JSON.stringify({ ...whole, events })), policy);
      assert.deepEqual([wrong.code, why.test(wrong.errors)], [1, true], wrong.errors);
    }
    const fewer = { ...whole, events: whole.events.slice(0, -1), head: { ...whole.head, count: whole.head.count - 1 } };
    assert.match(
      (await python('history', file('fewer', JSON.stringify(fewer)), policy)).errors,
      /not what the log says/,
    );
  });
});

test('the schema of entries takes all entries of a log, and refuses what our reader refuses', async () => {
  const isEntry = new Ajv2020({ strict: true }).compile(schema);
  const log = await someLog();
  const key = { producer: 'gateway.example/1', vkey: await verifierKey(log.producer, 'note') };
  const acts = [
    await keyActEntry(log.key, { act: 'admit', ...key }),
    await keyActEntry(log.key, { act: 'revoke', ...key, from: 3, why: '泄露' }),
  ];
  const entries = [...log.batches.flatMap(({ batch }) => batch.entries), ...acts].map((it) => JSON.parse(textOf(it)!));
  for (const it of entries) assert.ok(isEntry(it), JSON.stringify([it, isEntry.errors]));
  const isRead = (it: Json) => {
    try {
      return Boolean(readEntry(canonicalBytes(it)));
    } catch {
      return false;
    }
  };
  const kinds = [entries[0], entries[41], entries[42], ...entries.slice(-2)] as Json[];
  const values = fc.constantFrom<Json>(
    null,
    0,
    1,
    -1,
    1.5,
    '',
    'a',
    'A',
    'a b',
    [],
    {},
    'pack:P1',
    'A'.repeat(43),
    '2026-11-22',
  );
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.nat(8), fc.boolean(), values, (entry, at, isOut, value) => {
      const fields = Object.entries(entry as object);
      const [name] = fields[at % fields.length]!;
      const changed = Object.fromEntries(
        fields.filter((it) => !isOut || it[0] !== name).map((it) => (it[0] === name ? [name, value] : it)),
      );
      assert.equal(isEntry(changed), isRead(changed as Json), JSON.stringify(changed));
    }),
    { numRuns: 2_000 },
  );
  assert.equal(isEntry({ ...(entries[0] as object), mood: 'good' }), false);
});
