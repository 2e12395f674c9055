// Three witnesses as three processes, a log that lies, and a power cut: as anybody would run them.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { consistencyPath, verifierKey } from '#record/log';
import {
  accepted,
  base64,
  joined,
  readCheckpoint,
  readKey,
  readNote,
  readPolicy,
  signatureIn,
  signedBy,
  utf8,
} from '#record/verify';
import { freePort } from '../../../test/server.ts';
import { draft, MemoryLog } from '../log/testing.ts';
import { askWitnesses, type KnownWitness } from './index.ts';

const program = fileURLToPath(new URL('../../../src/cli/packloop.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  readonly known: KnownWitness;
  readonly port: number;
}

async function start(dir: string, log: MemoryLog, port?: number): Promise<Running> {
  const taken = port ?? (await freePort());
  const origin = `${log.standing.origin}=${await verifierKey(log.key, 'note')}`;
  const args = ['witness', '--dir', dir, '--port', String(taken), '--log', origin, '--json'];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const said = JSON.parse(value!) as { key: string; url: string; error?: string };
  assert.equal(said.error, undefined);
  return { process: child, port: taken, known: { key: await readKey(said.key), url: said.url } };
}

async function kill({ process: it }: Running, signal: NodeJS.Signals): Promise<void> {
  if (it.exitCode !== null || it.signalCode !== null) return;
  it.kill(signal);
  await once(it, 'exit');
}

const withFolder = (body: (dir: string, running: Running[]) => Promise<void>) => async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-witnesses-'));
  const running: Running[] = [];
  try {
    await body(dir, running);
  } finally {
    for (const it of running) await kill(it, 'SIGKILL');
    rmSync(dir, { recursive: true });
  }
};

const lineOf = (it: { line: string } | { problem: string }) => ('line' in it ? it.line : '');

test(
  'three witnesses: a fork shown to one, a rollback, one that is down: a policy of two of three is never led astray',
  withFolder(async (dir, running) => {
    const log = new MemoryLog();
    for (const name of ['bank', 'maker', 'regulator']) running.push(await start(join(dir, name), log));
    const known = running.map((it) => it.known);
    const keys = await Promise.all(
      ['bank', 'maker', 'regulator'].map(async (name, n) => `witness ${name} ${await vkeyAt(known[n]!)}`),
    );
    const text = `log ${await verifierKey(log.key, 'note')}\n${keys.join('\n')}\ngroup owners 2 bank maker regulator\nquorum owners\n`;
    const policy = await readPolicy(utf8(text));
    const withLines = (bytes: Uint8Array, lines: readonly string[]) => joined(bytes, utf8(lines.join('')));

    await log.append([draft('pack:P1'), draft('pack:P2')]);
    const all = await askWitnesses(log.kept.get('checkpoint')!, log.files, known);
    const first = await accepted(withLines(log.kept.get('checkpoint')!, all.map(lineOf)), policy);
    assert.equal(first.witnesses.length, 3);

    // The operator, with all keys, keeps a second truth: another event for the same place.
    const fork = new MemoryLog();
    await fork.append([draft('pack:P1'), draft('pack:P2')]);
    await log.append([draft('pack:P1')]);
    await fork.append([draft('pack:P1', 'pack.swapped')]);
    const [toBank] = await askWitnesses(fork.kept.get('checkpoint')!, fork.files, known.slice(0, 1));
    assert.ok(toBank && 'line' in toBank, 'one witness cannot know that the others see something else');
    const honest = await askWitnesses(log.kept.get('checkpoint')!, log.files, known);
    assert.ok('problem' in honest[0]!, 'the bank has signed the other root of this size');
    assert.equal(
      (await accepted(withLines(log.kept.get('checkpoint')!, honest.map(lineOf)), policy)).witnesses.length,
      2,
    );
    const forked = await askWitnesses(fork.kept.get('checkpoint')!, fork.files, known);
    assert.deepEqual(
      forked.map((it) => 'line' in it),
      [true, false, false],
    );
    await assert.rejects(accepted(withLines(fork.kept.get('checkpoint')!, forked.map(lineOf)), policy), {
      reason: 'quorum-missed',
    });
    const evidence = readdirSync(join(dir, 'maker', 'evidence'));
    assert.ok(evidence.length > 0, 'what the log signed on the other branch is kept');

    // The database is rolled back and the log goes on from there.
    const rolled = new MemoryLog();
    await rolled.append([draft('pack:P1'), draft('pack:P2')]);
    assert.deepEqual(
      (await askWitnesses(rolled.kept.get('checkpoint')!, rolled.files, known)).map((it) => 'line' in it),
      [false, false, false],
    );

    // The bank is down: the other two are enough.
    await kill(running[0]!, 'SIGTERM');
    await log.append([draft('pack:P3')]);
    const two = await askWitnesses(log.kept.get('checkpoint')!, log.files, known, { timeoutMs: 3000 });
    assert.equal((await accepted(withLines(log.kept.get('checkpoint')!, two.map(lineOf)), policy)).witnesses.length, 2);
  }),
);

const vkeyAt = async ({ url }: KnownWitness): Promise<string> =>
  (await (await fetch(url)).text()).split('\n')[1]!.trim();

test(
  'killed at any moment and started again, a witness never signs two roots of one size',
  withFolder(async (dir, running) => {
    const [left, right] = [new MemoryLog(), new MemoryLog()];
    const signed = new Map<number, Set<string>>();
    let witness = await start(join(dir, 'w'), left);
    running.push(witness);
    const { key } = witness.known;
    for (let round = 0; round < 6; round++) {
      await left.append([draft('pack:P1', 'pack.left', round)]);
      await right.append([draft('pack:P1', 'pack.right', round)]);
      const asking = Array.from({ length: 12 }, (_, n) =>
        offer(n % 2 === 0 ? left : right, witness.known, key, signed),
      );
      await new Promise((done) => setTimeout(done, 3 * round));
      await kill(witness, 'SIGKILL');
      await Promise.all(asking);
      witness = await start(join(dir, 'w'), left, witness.port);
      running.push(witness);
      for (const log of [right, left]) await offer(log, witness.known, key, signed);
    }
    assert.ok(signed.size > 0, 'something was signed');
    for (const [size, roots] of signed) assert.equal(roots.size, 1, `two roots of size ${size}`);
    const state = JSON.parse(readFileSync(join(dir, 'w', 'state.json'), 'utf8'));
    assert.equal(Object.keys(state.logs).length, 1);
  }),
);

/** Offers the newest checkpoint of a branch as its operator would, and notes what was signed. */
async function offer(
  log: MemoryLog,
  { url }: KnownWitness,
  key: KnownWitness['key'],
  signed: Map<number, Set<string>>,
) {
  const checkpoint = log.kept.get('checkpoint')!;
  const note = readNote(checkpoint);
  const { size, root } = readCheckpoint(note.text);
  try {
    let old = 0;
    for (let turn = 0; turn < 2; turn++) {
      const path = await consistencyPath(log.files, Math.min(old, size), size);
      const body = joined(utf8([`old ${old}`, ...path.map(base64), '', ''].join('\n')), checkpoint);
      const reply = await fetch(new URL('add-checkpoint', url), { method: 'POST', body });
      const text = await reply.text();
      if (reply.status === 200) {
        const signature = signatureIn(text.trimEnd())!;
        assert.equal((await signedBy({ text: note.text, signatures: [signature] }, [key])).length, 1);
        signed.set(size, (signed.get(size) ?? new Set()).add(base64(root)));
      }
      if (reply.headers.get('content-type') !== 'text/x.tlog.size') return;
      old = Number(text);
    }
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    // killed meanwhile
  }
}

test(
  'a witness that has lost its memory does not start, nor does a second one with the same key',
  withFolder(async (dir, running) => {
    const log = new MemoryLog();
    const home = join(dir, 'w');
    running.push(await start(home, log));
    await assert.rejects(start(home, log), /is this witness already/);
    await kill(running[0]!, 'SIGTERM');
    rmSync(join(home, 'state.json'));
    await assert.rejects(start(home, log), /lost its memory/);
  }),
);

test(
  'too long, too often or elsewhere: a witness answers, and goes on',
  withFolder(async (dir, running) => {
    const it = await start(join(dir, 'w'), new MemoryLog());
    running.push(it);
    const post = (path: string, body: string) => fetch(new URL(path, it.known.url), { method: 'POST', body });
    assert.equal((await post('add-checkpoint', 'x'.repeat(200_000)).catch(() => ({ status: 413 }))).status, 413);
    assert.equal((await post('other', '')).status, 404);
    assert.equal((await fetch(new URL('add-checkpoint', it.known.url))).status, 405);
    const many: number[] = [];
    for (let n = 0; n < 8; n++)
      many.push(
        ...(await Promise.all(Array.from({ length: 40 }, async () => (await post('add-checkpoint', 'old')).status))),
      );
    assert.deepEqual([...new Set(many)].toSorted(), [400, 429]);
    assert.equal((await fetch(it.known.url)).status, 200);
  }),
);
