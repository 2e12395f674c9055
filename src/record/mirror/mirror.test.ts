// A copy kept over HTTP, and the command line that checks it: as a stranger uses them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cosignatureLine, verifierKey } from '#record/log';
import { readPolicy, tilePath, tilesOf, utf8 } from '#record/verify';
import { freePort } from '../../../test/server.ts';
import { draft, keyOf, MemoryLog } from '../log/testing.ts';
import { folderFiles, follow, remoteFiles, Unreachable } from './index.ts';

const program = fileURLToPath(new URL('../../cli/packloop.ts', import.meta.url));
const packloop = (...args: string[]) =>
  new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(process.execPath, [program, ...args], (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );

const witnesses = [keyOf('bank.example/w'), keyOf('maker.example/w')];

interface Place {
  readonly log: MemoryLog;
  readonly dir: string;
  readonly url: string;
  /** Paths asked since the last look. */
  asked(): string[];
  file(name: string, text: string | Uint8Array): string;
}

/** A log served as static files. */
const served = (body: (it: Place) => Promise<void>) => async () => {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-mirror-'));
  const log = new MemoryLog();
  let asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url!.slice('/delta/'.length);
    asked.push(path);
    const bytes = log.kept.get(path);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  try {
    await body({
      log,
      dir,
      url: `http://127.0.0.1:${port}/delta`,
      asked: () => asked.splice(0),
      file: (name, text) => {
        writeFileSync(join(dir, name), text);
        return join(dir, name);
      },
    });
  } finally {
    server.close();
    server.closeAllConnections();
    asked = [];
    rmSync(dir, { recursive: true });
  }
};

const grow = (log: MemoryLog, count: number) =>
  log.append(
    Array.from({ length: count }, (_, n) => draft(`pack:P${n % 5}`, 'pack.charged', n)),
    witnesses,
  );

test(
  'a copy fetches what it does not have, keeps it, and throws away partial tiles that are full now',
  served(async ({ log, dir, url, asked }) => {
    const policy = await readPolicy(utf8(await log.policyText(witnesses, 'all')));
    const copy = () => follow({ from: remoteFiles(url), dir: join(dir, 'copy'), policy });
    await grow(log, 300);
    assert.deepEqual([(await copy()).before, (await copy()).before], [0, 302]);
    asked();
    await grow(log, 300);
    const { accepted, before, events, fetched } = await copy();
    assert.deepEqual([accepted.checkpoint.size, before, events, fetched], [604, 302, 600, 5]);
    const again = asked();
    assert.ok(
      !again.includes('tile/0/000') && !again.includes('tile/entries/000'),
      'what is full is not fetched twice',
    );
    const kept = globSync('**/*', { cwd: join(dir, 'copy'), withFileTypes: true }).filter((it) => it.isFile());
    assert.equal(kept.length, [...tilesOf(604)].length + 3 + 1, 'tiles, bundles, the checkpoint, nothing else');
  }),
);

test(
  'a copy refuses a log that shrank, forked or changed an old entry, and stays as it was',
  served(async ({ log, dir, url }) => {
    const policy = await readPolicy(utf8(await log.policyText(witnesses, 'all')));
    const at = join(dir, 'copy');
    const copy = () => follow({ from: remoteFiles(url), dir: at, policy });
    await grow(log, 20);
    const early = new Map(log.kept);
    await grow(log, 280);
    await copy();
    const before = readFileSync(join(at, 'checkpoint'));
    const files = () => globSync('**/*', { cwd: at }).toSorted();
    const list = files();
    const put = (kept: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) => {
      log.kept.clear();
      for (const [path, bytes] of kept) log.kept.set(path, bytes);
    };
    const now = new Map(log.kept);
    put(early);
    await assert.rejects(copy(), { reason: 'not-consistent' }, 'the log shrank');
    const fork = new MemoryLog();
    await fork.append(
      Array.from({ length: 300 }, (_, n) => draft('pack:P9', 'pack.forked', n)),
      witnesses,
    );
    await fork.append([draft('pack:P9')], witnesses);
    put(fork.kept);
    await assert.rejects(copy(), { name: 'Unproven' }, 'the log forked');
    put(now);
    await grow(log, 300);
    log.kept.delete(tilePath({ level: 'entries', index: 1, width: 256 }));
    await assert.rejects(copy(), { reason: 'file-missing' });
    assert.deepEqual(readFileSync(join(at, 'checkpoint')), before);
    assert.deepEqual(files(), list);
  }),
);

test(
  'a copy begun without witnesses goes on when witnesses are asked for; what it had is not judged by them, what is new is',
  served(async ({ log, dir, url }) => {
    const asking = await log.policy(witnesses, 'all');
    const copy = async (policy = asking) => await follow({ from: remoteFiles(url), dir: join(dir, 'copy'), policy });
    await grow(log, 20);
    await log.append([draft('pack:P1', 'pack.charged', 20)]);
    assert.equal((await copy(await log.policy())).accepted.witnesses.length, 0);
    await assert.rejects(copy(), { reason: 'quorum-missed' }, 'the newest checkpoint has no witness yet');
    await grow(log, 20);
    const { before, accepted } = await copy();
    assert.deepEqual([before, accepted.checkpoint.size, accepted.witnesses.length], [25, 47, 2]);
  }),
);

test(
  'whoever puts another checkpoint into a copy gets no forked log past it: the old files do not fit, or the log has not signed',
  served(async ({ log, dir, url }) => {
    const policy = await log.policy(witnesses, 'all');
    const at = join(dir, 'copy');
    const copy = () => follow({ from: remoteFiles(url), dir: at, policy });
    await grow(log, 300);
    await copy();
    const files = () => globSync('**/*', { cwd: at }).toSorted();
    const [list, own] = [files(), readFileSync(join(at, 'checkpoint'))];
    // The log and its witnesses conspire: another history, and its early checkpoint is put where ours was.
    const fork = new MemoryLog();
    await fork.append(
      Array.from({ length: 300 }, (_, n) => draft(`pack:P${n % 5}`, 'pack.forged', n)),
      witnesses,
    );
    const early = fork.kept.get('checkpoint')!;
    await fork.append([draft('pack:P9')], witnesses);
    const begun = new MemoryLog();
    await begun.append([draft('pack:P0', 'pack.forged', 0)]);
    log.kept.clear();
    for (const [path, bytes] of fork.kept) log.kept.set(path, bytes);
    await assert.rejects(copy(), { name: 'Unproven' }, 'by its own checkpoint it sees the fork');
    writeFileSync(join(at, 'checkpoint'), early);
    await assert.rejects(copy(), { name: 'Unproven' }, 'the files that it kept are not those of the forged checkpoint');
    writeFileSync(join(at, 'checkpoint'), begun.kept.get('checkpoint')!);
    await assert.rejects(
      copy(),
      { reason: 'not-consistent', message: /another tile\/(0|entries)\/000 than the copy/ },
      'nor does a short one, signed by the log alone, let its files be written over',
    );
    const [text] = new TextDecoder().decode(early).split('\n\n');
    const unsigned = new TextDecoder().decode(await cosignatureOnly(`${text}\n`));
    writeFileSync(join(at, 'checkpoint'), unsigned);
    await assert.rejects(copy(), { reason: 'not-signed' }, 'a checkpoint that the log never signed is not ours');
    writeFileSync(join(at, 'checkpoint'), own);
    assert.deepEqual(files(), list);
  }),
);

test(
  'a copy that was changed on its disk is told from a log that lies, with the way out',
  served(async ({ log, dir, url }) => {
    const policy = await log.policy(witnesses, 'all');
    const at = join(dir, 'copy');
    const copy = () => follow({ from: remoteFiles(url), dir: at, policy });
    await grow(log, 300);
    await copy();
    await grow(log, 10);
    const tile = join(at, 'tile/0/000');
    const bytes = readFileSync(tile);
    writeFileSync(tile, bytes.with(9, bytes[9]! ^ 1));
    await assert.rejects(copy(), { reason: 'tile-differs', message: /copy in .* was changed since.*an empty folder/ });
    rmSync(tile);
    await assert.rejects(copy(), { reason: 'file-missing', message: /copy in .* was changed since/ });
    mkdirSync(tile);
    await assert.rejects(copy(), { reason: 'file-missing', message: /tile\/0\/000 is a folder in place of a file/ });
  }),
);

const cosignatureOnly = async (text: string) =>
  utf8(`${text}\n${await cosignatureLine(witnesses[0]!, text, 1_760_000_000)}`);

test(
  'the command line keeps a copy, and tells that a log, a pack, a checkpoint and a receipt hold',
  served(async ({ log, dir, url, file }) => {
    const policy = file('policy', await log.policyText(witnesses, 'all'));
    const producers = file('producers', `# the gateway\n${await verifierKey(log.producer, 'note')}\n`);
    await grow(log, 40);
    const trusting = ['--policy', policy, '--producers', producers, '--json'];
    const copied = await packloop('mirror', '--from', url, '--dir', join(dir, 'copy'), ...trusting);
    assert.deepEqual([copied.code, JSON.parse(copied.out).size], [0, 42]);
    const whole = await packloop('verify', 'mirror', join(dir, 'copy'), ...trusting);
    assert.deepEqual([whole.code, JSON.parse(whole.out).events, JSON.parse(whole.out).sealsChecked], [0, 40, true]);
    const pack = await packloop('verify', 'pack', 'P3', '--mirror', url, '--policy', policy);
    assert.equal(pack.code, 0);
    assert.match(pack.out, /Complete: these 8 events are all/);
    assert.match(pack.out, /Cosigned by w1 .*, w2/);
    const receipt = file('one.tlog-proof', await log.receipt(0, 3));
    const one = await packloop('verify', 'receipt', receipt, ...trusting);
    assert.deepEqual([one.code, JSON.parse(one.out).index, JSON.parse(one.out).sealed], [0, 3, true]);
    const point = await packloop('verify', 'checkpoint', join(dir, 'copy', 'checkpoint'), '--policy', policy);
    assert.match(point.out, /Holds: log\.example\/delta with 42 entries/);
  }),
);

test(
  'what does not hold ends with code 1 and its reason, a wrong question with code 2',
  served(async ({ log, dir, file }) => {
    await grow(log, 40);
    const policy = file('policy', await log.policyText(witnesses, 'all'));
    const receipt = file(
      'one.tlog-proof',
      new TextDecoder().decode(await log.receipt(0, 3)).replace('index 3', 'index 4'),
    );
    const refused = await packloop('verify', 'receipt', receipt, '--policy', policy, '--json');
    assert.deepEqual(
      [refused.code, JSON.parse(refused.out).holds, JSON.parse(refused.out).reason],
      [1, false, 'not-included'],
    );
    const plain = await packloop('verify', 'receipt', receipt, '--policy', policy);
    assert.match(plain.errors, /^packloop: Does not hold \(not-included\): The entry is not proven/);
    const nobody = await packloop('verify', 'checkpoint', file('c', log.text), '--policy', policy, '--json');
    assert.deepEqual([nobody.code, JSON.parse(nobody.out).reason], [1, 'malformed-note']);
    const wrong = await packloop('verify', 'receipt', receipt, '--policy', file('p', 'quorum nobody\n'));
    assert.deepEqual([wrong.code, /Line 1 of the policy/.test(wrong.errors)], [2, true]);
    assert.equal((await packloop('verify', 'receipt', join(dir, 'none'), '--policy', policy)).code, 2);
    assert.equal((await packloop('verify', 'receipt', receipt)).code, 2);
    const silent = `http://127.0.0.1:${await freePort()}/`;
    const down = await packloop('mirror', '--from', silent, '--dir', join(dir, 'x'), '--policy', policy);
    assert.deepEqual([down.code, /does not answer/.test(down.errors)], [1, true]);
    assert.ok(!existsSync(join(dir, 'x')));

    const told = async (...args: string[]) => {
      const { code, errors } = await packloop(...args, '--policy', policy);
      assert.doesNotMatch(errors, /something broke/);
      return [code, errors] as const;
    };
    const nowhere = await told('verify', 'mirror', join(dir, 'nowhere'));
    assert.deepEqual([nowhere[0], /There is no folder .*nowhere/.test(nowhere[1])], [2, true]);
    const page = await packloop('verify', 'page', '--out', dir);
    assert.ok(page.errors.includes(`and ${dir} is a folder`), page.errors);
    symlinkSync('loop', join(dir, 'loop'));
    assert.match((await told('verify', 'receipt', join(dir, 'loop')))[1], /loop is a link that leads back to itself/);
    const bell = file('bell', 'a\x1b[2J\x9b2J');
    const [, quoted] = await told('verify', 'receipt', receipt, '--producers', bell);
    assert.match(quoted, /"a\ufffd\[2J/);
    assert.ok(
      !quoted.includes('\x1b') && !quoted.includes('\x9b'),
      'a file of a stranger does not command the terminal',
    );
    const shown = file('mirror.key', 'pl_abc\n(id 7; this key is not shown again)\n');
    const keyed = ['mirror', '--from', silent, '--dir', join(dir, 'x'), '--api-key-file'];
    assert.match((await told(...keyed, shown))[1], /does not answer: connect/, 'as `key create` shows it');
    const [code, binary] = await told(...keyed, file('junk', '\x01\x02'));
    assert.deepEqual([code, /junk: the API key is needed on its first line/.test(binary)], [2, true]);
  }),
);

test('a server that does not answer says nothing of the log', async () => {
  await assert.rejects(remoteFiles(`http://127.0.0.1:${await freePort()}`)('checkpoint'), Unreachable);
  assert.equal(await folderFiles(tmpdir())('no such log'), undefined);
});

test('a cosignature of a time that cannot be is none', async () => {
  const log = new MemoryLog();
  await log.append([draft('pack:P1')]);
  const line = await cosignatureLine(witnesses[0]!, log.text, 0);
  const bytes = utf8(new TextDecoder().decode(log.kept.get('checkpoint')!) + line);
  const policy = await log.policy(witnesses, 'any');
  await assert.rejects(follow({ from: async () => bytes, dir: tmpdir(), policy }), { reason: 'bad-signature' });
});
