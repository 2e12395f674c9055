// The answers of C2SP tlog-witness, one by one.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { consistencyPath, signedNote, verifierKey } from '#record/log';
import { accepted, base64, checkpointText, readKey, utf8 } from '#record/verify';
import { draft, keyOf, MemoryLog } from '../log/testing.ts';
import { decide, type Logs } from './decide.ts';
import { load, type Seen, save } from './state.ts';
import { openWitness } from './witness.ts';

const log = new MemoryLog();
await log.append([draft('pack:P1'), draft('pack:P2')]);
const first = { size: log.tree.range.size, text: log.text };
await log.append([draft('pack:P1')]);
const second = { size: log.tree.range.size, text: log.text };
const logs: Logs = new Map([[log.standing.origin, [await readKey(await verifierKey(log.key, 'note'))]]]);
const rootIn = (text: string) => Uint8Array.fromBase64(text.split('\n')[2]!);
const after = ({ size, text }: typeof first): ReadonlyMap<string, Seen> =>
  new Map([[log.standing.origin, { size, root: rootIn(text), time: 1 }]]);
const path = (await consistencyPath(log.files, first.size, second.size)).map(base64);
const request = async (old: number | string, proof: readonly string[], text: string, key = log.key) =>
  utf8([`old ${old}`, ...proof, '', await signedNote(key, text)].join('\n'));

test('a first checkpoint is signed without a proof, the next with one', async () => {
  assert.equal((await decide(await request(0, [], first.text), logs, new Map())).status, 200);
  assert.equal((await decide(await request(first.size, path, second.text), logs, after(first))).status, 200);
});

test('the same checkpoint again is signed again', async () => {
  assert.equal((await decide(await request(first.size, [], first.text), logs, after(first))).status, 200);
});

test('who does not know where the witness stands is told', async () => {
  const it = await decide(await request(0, [], second.text), logs, after(first));
  assert.deepEqual(it, { status: 409, type: 'text/x.tlog.size', body: `${first.size}\n` });
});

test('two roots of one size are a conflict, and kept as evidence', async () => {
  const fork = checkpointText({ origin: log.standing.origin, size: first.size, root: new Uint8Array(32) });
  const it = await decide(await request(first.size, [], fork), logs, after(first));
  assert.ok(it.status === 409 && it.type !== 'text/x.tlog.size' && it.evidence?.kind === 'fork');
});

test('a proof that does not lead from the old tree to the new one cannot be processed', async () => {
  const fork = checkpointText({ origin: log.standing.origin, size: second.size, root: new Uint8Array(32) });
  for (const [proof, text] of [
    [path, fork],
    [[], second.text],
    [[...path, path[0]!], second.text],
  ] as const) {
    const it = await decide(await request(first.size, proof, text), logs, after(first));
    assert.ok(it.status === 422 && it.evidence?.kind === 'unproven');
  }
  assert.equal((await decide(await request(0, path, second.text), logs, new Map())).status, 422);
  const empty = checkpointText({ origin: log.standing.origin, size: 0, root: new Uint8Array(32) });
  assert.equal((await decide(await request(0, [], empty), logs, new Map())).status, 409, 'nothing has one root only');
});

test('a rollback is refused, whatever it says of where the witness stands', async () => {
  assert.equal((await decide(await request(second.size, [], first.text), logs, after(second))).status, 400);
  assert.equal((await decide(await request(first.size, [], first.text), logs, after(second))).status, 409);
});

test('unknown logs, unknown keys and wrong signatures are refused', async () => {
  const other = checkpointText({ origin: 'other.example', size: 1, root: new Uint8Array(32) });
  assert.equal((await decide(await request(0, [], other), logs, new Map())).status, 404);
  assert.equal((await decide(await request(0, [], first.text, keyOf('thief')), logs, new Map())).status, 403);
  const named = { ...log.key, sign: keyOf('thief').sign };
  assert.equal((await decide(await request(0, [], first.text, named), logs, new Map())).status, 403);
});

test('anything but a request is a bad request', async () => {
  const good = new TextDecoder().decode(await request(0, [], first.text));
  const wrong = [
    '',
    'old 0\n',
    good.replace('old 0', 'old 00'),
    good.replace('old 0', 'old -1'),
    good.replace('old 0', 'new 0'),
    good.replace('old 0\n', 'old 0\nAAAA\n'),
    good.replace('old 0\n', `old 0\n${`${path[0]}\n`.repeat(64)}`),
    good.replace('old 0\n', 'old 0\r\n'),
    good.slice(0, -1),
    good.replace(`\n${first.size}\n`, `\n0${first.size}\n`),
  ];
  for (const it of wrong) assert.equal((await decide(utf8(it), logs, new Map())).status, 400, it);
});

test('killed at any step of writing, the memory is the old one or the new one, and whole', () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-witness-'));
  try {
    const file = join(dir, 'state.json');
    const [old, now] = [after(first), after(second)];
    const steps: string[] = [];
    save(file, old, (it) => steps.push(it));
    assert.deepEqual(load(file), old);
    for (const death of steps) {
      save(file, old);
      const dies = () =>
        save(file, now, (step) => {
          if (step === death) throw new Error('killed');
        });
      assert.throws(dies, /killed/);
      const isNew = ['sync folder', 'saved'].includes(death);
      assert.deepEqual(load(file), isNew ? now : old, `killed before "${death}"`);
    }
    rmSync(file);
    assert.throws(() => load(file), /lost its memory/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('a witness that cannot write down what it would sign does not sign, and goes on when it can again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-witness-'));
  try {
    const seed = () => Uint8Array.from({ length: 32 }, (_, n) => n);
    let now = 2_000_000_000;
    const witness = await openWitness({ dir, name: 'w.example', seed }, logs, () => now);
    mkdirSync(join(dir, 'state.json.new')); // as a full disk would: the new state cannot be written
    await assert.rejects(witness.add(await request(0, [], first.text)));
    assert.equal(load(join(dir, 'state.json')).size, 0);
    rmdirSync(join(dir, 'state.json.new'));
    assert.equal((await witness.add(await request(0, [], first.text))).status, 200);
    now -= 1000; // the clock was set back: no signature is dated before the last
    assert.equal((await witness.add(await request(first.size, path, second.text))).status, 200);
    assert.equal(load(join(dir, 'state.json')).get(log.standing.origin)!.time, 2_000_000_000);
    witness.end();
    const again = await openWitness({ dir, name: 'other', seed }, logs, () => now);
    assert.equal(again.key.name, 'w.example', 'who it is stays as it was made');
    assert.equal((await again.add(await request(0, [], first.text))).body, `${second.size}\n`);
    again.end();
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('public checkpoints sent with junk for a proof neither crowd out a fork nor stay once the log has grown to them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-evidence-'));
  try {
    const own = new MemoryLog();
    const witness = await openWitness(
      { dir, name: 'bank', seed: () => new Uint8Array(32).fill(7) },
      logs,
      () => 1_800_000_000,
    );
    const kept = () => readdirSync(join(dir, 'evidence')).map((it) => it.split('-')[0]);
    const signed = (size: number) =>
      signedNote(own.key, checkpointText({ origin: own.standing.origin, size, root: new Uint8Array(32) }));
    const ask = (old: number, path: readonly string[], note: string) =>
      witness.add(utf8([`old ${old}`, ...path, '', note].join('\n')));
    const note = () => new TextDecoder().decode(own.kept.get('checkpoint')!);
    const junk = (n: number) => new Uint8Array(32).fill(n).toBase64();

    await own.append([draft('pack:P1')]);
    assert.equal((await ask(0, [], note())).status, 200);
    const old = own.tree.range.size;
    await own.append([draft('pack:P2')]);
    for (let n = 0; n < 5; n++) assert.equal((await ask(old, [junk(n)], note())).status, 422);
    assert.deepEqual(kept(), ['unproven'], 'one checkpoint is kept once, whatever comes with it');

    for (let n = 0; n < 120; n++) await ask(old, [junk(n)], await signed(10_000 + n));
    assert.equal(kept().length, 100, 'it cannot fill a disk');
    assert.equal((await ask(old, [], await signed(old))).status, 409);
    assert.equal(kept().filter((it) => it === 'fork').length, 1, 'two roots of one size are kept all the same');
    const beside = readdirSync(join(dir, 'evidence')).find((it) => it.startsWith('beside-fork-'))!;
    const first = await accepted(new Uint8Array(readFileSync(join(dir, 'evidence', beside))), await own.policy());
    assert.equal(first.checkpoint.size, old, 'and so is what the log had signed before: both halves, by its own key');

    assert.equal((await ask(old, [junk(1)], note())).status, 422);
    const name = `-${own.tree.range.size}-`;
    assert.ok(readdirSync(join(dir, 'evidence')).some((it) => it.includes(name)));
    const grown = await consistencyPath(own.files, old, own.tree.range.size);
    assert.equal((await ask(old, grown.map(base64), note())).status, 200);
    assert.ok(!readdirSync(join(dir, 'evidence')).some((it) => it.includes(name)), 'it has only grown');
    witness.end();
  } finally {
    rmSync(dir, { recursive: true });
  }
});
