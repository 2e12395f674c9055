// Producers of the log: keys that come and go in the log itself, batches that were sealed elsewhere, by HTTP against a real server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '#kernel';
import { append, logInvariants, producerKeys, rotateHouse, Secret } from '#record';
import { batchOf, type Draft, type SigningKey, signingKey, verifierKey } from '#record/log';
import { type Bytes, HeadMap, readKey, readPolicy, textOf, utf8, verifyHistory, verifyMirror } from '#record/verify';
import type { App } from '../../src/app.ts';
import { type Caller, withServer } from '../app.ts';

const secret = new Secret('for tests alone, and as long as it has to be');
const gateway = signingKey('gateway.example/7', new Uint8Array(32).fill(7));
/** Of another kind: a log may be sealed by both. */
const successor = signingKey('gateway.example/7', new Uint8Array(32).fill(8), 'sm2');
const draft = (subject: string, at = '2026-11-22T07:00:00.000Z'): Draft => ({
  ...{ subject, type: 'pack.weighed', at },
  commitments: [{ digest: 'A'.repeat(43), to: 'public' }],
});

/** As a producer elsewhere seals, who asks where each subject stands. */
async function sealed(key: SigningKey, { app, caller }: Scene, first: number, drafts: readonly Draft[]) {
  const heads = new HeadMap();
  for (const subject of new Set(drafts.map((it) => it.subject))) {
    const { body } = await caller.get(`/log/heads/${encodeURIComponent(subject)}`);
    if (body.head !== null) await heads.set([{ subject, count: body.count, head: body.head, index: 0 }]);
  }
  const { origin } = (await app.openLog()).house;
  const { entries } = await batchOf({ origin, size: 0, heads, events: 0, seq: first }, key, drafts);
  return entries.slice(0, -1);
}

interface Scene {
  readonly app: App;
  /** May copy the log and admit producers. */
  readonly caller: Caller;
}

const send = (caller: Caller, entries: readonly Bytes[]) =>
  caller.post('/v1/log/batches', { entries: entries.map((it) => textOf(it)) });

async function mirrored({ app, caller }: Scene) {
  const { house } = await app.openLog();
  const policy = await readPolicy(utf8(`log ${await verifierKey(house.log, 'note')}\nquorum none\n`));
  const files = async (path: string) => {
    const { status, bytes } = await caller.get(`/log/${path}`);
    return status === 200 ? bytes : undefined;
  };
  const seen: string[] = [];
  const it = await verifyMirror({ files, policy, seen: (event) => seen.push(`${event.producer} ${event.subject}`) });
  for (const { violations, sentence } of await app.doWork((work) => check(work, logInvariants(secret))))
    assert.deepEqual(violations, [], sentence);
  assert.equal((await caller.get('/v1/log/producers')).status, 200);
  return { ...it.replayed, policy, seen };
}

const house = (app: App, subject: string, count = 1) =>
  app.doWork((work) =>
    append(
      work,
      Array.from({ length: count }, (_, n) => ({
        subject: subject as `pack:${string}`,
        type: 'pack.graded',
        body: { n },
      })),
    ),
  );

test(
  'a producer elsewhere is admitted in the log, seals for itself, changes its key, and is believed no more once it is revoked',
  withServer(async ({ app, as }) => {
    const caller = await as('admin');
    const scene = { app, caller };
    const { writer } = await app.openLog();
    await house(app, 'pack:P1', 3);
    await writer.once();
    assert.equal(
      (await send(caller, await sealed(gateway, scene, 0, [draft('pack:P1')]))).body.reason,
      'unknown-producer',
    );

    const vkey = await verifierKey(gateway, 'note');
    assert.equal((await caller.post('/v1/log/producers', { vkey })).status, 200);
    const early = await send(caller, await sealed(gateway, scene, 0, [draft('pack:P1')]));
    assert.equal(early.body.reason, 'unknown-producer', 'not before the log has said it');
    await writer.once();
    const first = await sealed(gateway, scene, 0, [draft('pack:P1'), draft('pack:P2'), draft('pack:P1')]);
    const taken = await send(caller, first);
    assert.deepEqual([taken.status, taken.body.count], [201, 3]);
    const again = await send(caller, first);
    assert.deepEqual([again.status, again.body.index], [201, taken.body.index], 'the same batch is answered as before');
    await house(app, 'pack:P1');
    await writer.once();
    assert.deepEqual((await mirrored(scene)).seen.filter((it) => it.endsWith('P1')).length, 6);

    const { policy } = await mirrored(scene);
    const proof = (await caller.get('/v1/record/pack:P1/proof')).body;
    const bytes = (it: string) => Uint8Array.fromBase64(it);
    const history = {
      head: proof.head,
      path: proof.path.map(bytes),
      receipt: utf8(proof.receipt),
      events: proof.events.map(utf8),
    };
    assert.equal((await verifyHistory(history, policy)).events.length, 6, 'ours and theirs, in one chain');

    const next = await verifierKey(successor, 'note');
    await caller.post('/v1/log/producers', { vkey: next });
    await caller.post('/v1/log/producers/revoke', { vkey, why: 'its cabinet was opened', from: 2 });
    const late = await send(caller, await sealed(gateway, scene, 3, [draft('pack:P2')]));
    assert.deepEqual([late.status, late.body.reason], [422, 'unknown-producer']);
    await writer.once();
    assert.equal((await send(caller, await sealed(successor, scene, 3, [draft('pack:P2')]))).status, 201);
    const { revoked, producers } = await mirrored(scene);
    assert.deepEqual(
      revoked.map(({ producer, from, doubted, why }) => ({ producer, from, doubted, why })),
      [{ producer: 'gateway.example/7', from: 2, doubted: 1, why: 'its cabinet was opened' }],
    );
    assert.equal(producers.length, 2);

    // Later it turns out that it was opened before; what was doubted once is not taken back.
    const revoking = async (from?: number) =>
      (await caller.post('/v1/log/producers/revoke', { vkey, why: 'opened since the start', from })).status;
    assert.deepEqual([await revoking(), await revoking(3), await revoking(0)], [200, 422, 200]);
    await writer.once();
    const doubts = (await mirrored(scene)).revoked.map((it) => ({ from: it.from, doubted: it.doubted }));
    assert.deepEqual(doubts, [{ from: 0, doubted: 3 }]);
    const told = (await app.doWork(producerKeys)).find((it) => it.vkey === vkey)!;
    assert.deepEqual([told.from, told.why], [0, 'opened since the start']);
    const published = String((await (await as()).get('/log/producers')).body);
    const lines = published.trim().split('\n');
    const marks = lines.flatMap((it, n) => (it.startsWith('#') ? [[it, lines[n + 1]]] : []));
    assert.equal(marks.length, 1, 'one key of three is revoked');
    assert.equal(marks[0]![1], vkey);
    assert.match(marks[0]![0]!, /^# The key on the next line was revoked at 2\S+Z\. .* before number 0, and/);
    assert.doesNotMatch(published, /opened/, 'why is for those who may read the log');
    const believed = await Promise.all(lines.filter((it) => !it.startsWith('#')).map(readKey));
    assert.deepEqual(
      believed.map((it) => it.name).filter((it) => it.startsWith('gateway')),
      [gateway.name, successor.name],
    );
    const back = await caller.post('/v1/log/producers', { vkey });
    assert.deepEqual([back.status, back.body.type], [409, '/problems/producer-key-revoked']);
  }),
);

test(
  'what is wrong with a batch is said, and the log stays as it was',
  withServer(async ({ app, as }) => {
    const caller = await as('admin');
    const scene = { app, caller };
    const { writer } = await app.openLog();
    await caller.post('/v1/log/producers', { vkey: await verifierKey(gateway, 'note') });
    await house(app, 'pack:P1');
    await writer.once();
    const size = async () => (await caller.get('/log/heads/pack:P1')).body.size;
    const before = await size();
    const good = await sealed(gateway, scene, 0, [draft('pack:P1'), draft('pack:P2')]);
    const [a, b, seal] = good as [Bytes, Bytes, Bytes];
    const changed = utf8(textOf(b)!.replace('pack.weighed', 'pack.stolen'));
    const stranger = signingKey('gateway.example/7', new Uint8Array(32).fill(9));
    const refusals: [readonly Bytes[], number, string][] = [
      [[b, a, seal], 422, 'unsealed'],
      [[a, seal], 422, 'unsealed'],
      [[a, b], 422, 'unsealed'],
      [[a, changed, seal], 422, 'unsealed'],
      [[a, utf8('{ "v": 1 }'), seal], 422, 'not-canonical'],
      [await sealed(stranger, scene, 0, [draft('pack:P1')]), 422, 'unknown-producer'],
      [await sealed({ ...gateway, sign: stranger.sign }, scene, 0, [draft('pack:P1')]), 422, 'bad-signature'],
      [await sealed(gateway, scene, 5, [draft('pack:P1')]), 409, 'event-hidden'],
      [await sealed(gateway, scene, 0, [draft('pack:P1', '2026-11-22T09:00:00.000Z')]), 422, 'malformed-entry'],
    ];
    for (const [entries, status, reason] of refusals) {
      const { body, ...reply } = await send(caller, entries);
      assert.deepEqual(
        [reply.status, body.type, body.reason],
        [status, '/problems/batch-refused', reason],
        `${body.detail}`,
      );
    }
    await house(app, 'pack:P1');
    await writer.once();
    const stale = await send(caller, good);
    assert.deepEqual([stale.status, stale.body.reason], [409, 'out-of-order'], 'the pack went on meanwhile');
    assert.equal(await size(), before + 3, 'only what the house said itself');
    const nobody = await (await as()).post('/v1/log/batches', { entries: ['{}', '{}'] });
    assert.equal(nobody.status, 401);
    const reader = await (await as('read')).post('/v1/log/producers', { vkey: await verifierKey(successor, 'note') });
    assert.equal(reader.status, 403);
    const own = await caller.post('/v1/log/producers', { vkey: 'no key' });
    assert.deepEqual([own.status, own.body.type], [422, '/problems/producer-key-wrong']);
    assert.equal((await mirrored(scene)).events, 2);
  }),
);

test(
  'the house goes on with its next key while it writes, and a mirror that knows only the log follows',
  withServer(async ({ app, as }) => {
    const scene = { app, caller: await as('admin') };
    const { writer } = await app.openLog();
    for (let round = 0; round < 3; round++) {
      await house(app, `pack:P${round}`, 5);
      if (round % 2 === 0) await writer.once();
      await app.doWork((work) => rotateHouse(work, secret, 'rotated', 'a test'));
    }
    await house(app, 'pack:P9', 2);
    await writer.once();
    const { revoked, events, producers } = await mirrored(scene);
    assert.equal(events, 17);
    assert.deepEqual(
      revoked.map((it) => it.doubted),
      [0, 0, 0],
    );
    assert.equal(producers.length, 3, 'two rotations in a row leave a key without a batch');
    const keys = await app.doWork(producerKeys);
    assert.deepEqual(
      keys.map((it) => it.revokedAt !== null),
      [true, true, true, false],
    );
    const { body, status } = await scene.caller.post('/v1/log/producers/revoke', {
      vkey: keys[3]!.vkey,
      why: 'just so',
    });
    assert.deepEqual([status, body.type], [409, '/problems/producer-is-house']);
  }),
);
