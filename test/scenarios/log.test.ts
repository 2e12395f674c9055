// A running server, three witnesses and a stranger with the command line: what the network says can be checked by anybody, and
// a dead witness stops nothing.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { makeKey } from '#party';
import { append } from '#record';
import { systemClock } from '#units';
import { ownDatabase } from '../database.ts';
import { buildNetwork } from '../network.ts';
import { packCode } from '../seed.ts';
import { type ServerProcess, startServerProcess } from '../server.ts';
import { packloop, startWitness, type WitnessProcess } from '../witnesses.ts';

const RECORD_SECRET = 'a secret for tests, which is as long as it must be';

test(
  'a stranger mirrors the log of a running network, verifies receipts and histories, and witnesses cosign it',
  ownDatabase(async ({ url, db, doWorkAt }) => {
    const doWork = doWorkAt({ clock: systemClock });
    const dir = mkdtempSync(join(tmpdir(), 'packloop-log-'));
    const at = (name: string) => join(dir, name);
    const witnesses: WitnessProcess[] = [];
    let server: ServerProcess | undefined;
    try {
      await buildNetwork(doWork, { stations: 2, standing: 3, vehicles: 2 });
      const env = { RECORD_SECRET, LOG_ORIGIN: 'log.example/delta', DATA_DIR: at('data') };
      server = await startServerProcess({ databaseUrl: url, env });
      const key = await doWork((work) => makeKey(work, { name: 'x', scopes: ['read'], random: randomBytes(32) }));
      const mirrorKey = at('mirror.key');
      const copying = { name: 'a party', scopes: ['mirror'] as const, random: randomBytes(32) };
      writeFileSync(mirrorKey, `${await doWork((work) => makeKey(work, copying))}\n`);
      const get = async (path: string, as = `Bearer ${key}`) =>
        await fetch(`${server!.http}${path}`, { headers: { authorization: as } });
      const fetched = async (path: string, name: string) => {
        const reply = await get(path);
        assert.equal(reply.status, 200, `${path}: ${await reply.clone().text()}`);
        writeFileSync(at(name), new Uint8Array(await reply.arrayBuffer()));
        return at(name);
      };
      const entries = async () =>
        (await sql<{ n: number }>`select count(*) as n from record.entry`.execute(db)).rows[0]!.n;

      // Without witnesses: the log is there within the second, and its own policy is enough to verify it.
      await wait(1_000);
      const bare = await fetched('/log/policy', 'bare-policy');
      const producers = await fetched('/log/producers', 'producers');
      const first = await packloop(
        'mirror',
        '--from',
        `${server.http}/log`,
        '--api-key-file',
        mirrorKey,
        '--dir',
        at('copy'),
        '--policy',
        bare,
        '--producers',
        producers,
      );
      assert.deepEqual([first.code, first.said.events], [0, await entries()], JSON.stringify(first.said));

      // Three witnesses, of whom two are needed.
      const vkey = /^log (\S+)/m.exec(await (await get('/log/policy')).text())![1]!;
      for (const name of ['bank', 'maker', 'insurer'])
        witnesses.push(await startWitness(dir, name, `log.example/delta=${vkey}`));
      const policy = at('policy');
      writeFileSync(
        policy,
        [`log ${vkey}`, ...witnesses.map((it) => it.line), 'group them 2 bank maker insurer', 'quorum them', ''].join(
          '\n',
        ),
      );
      await server.stop();
      server = await startServerProcess({ databaseUrl: url, env: { ...env, LOG_POLICY: policy } });
      await doWork((work) =>
        append(work, [
          { subject: `pack:${packCode(1)}`, type: 'pack.graded', body: { grade: 'vehicle', by: 'somebody' } },
        ]),
      );
      await wait(2_500);
      const second = await packloop(
        'mirror',
        '--from',
        `${server.http}/log`,
        '--api-key-file',
        mirrorKey,
        '--dir',
        at('cosigned'),
        '--policy',
        policy,
        '--producers',
        producers,
      );
      assert.deepEqual([second.code, second.said.events], [0, await entries()], JSON.stringify(second.said));
      const checkpoint = await packloop(
        'verify',
        'checkpoint',
        await fetched('/log/checkpoint', 'checkpoint'),
        '--policy',
        policy,
      );
      assert.ok(checkpoint.said.witnesses.length >= 2);

      const subject = `pack:${packCode(1)}`;
      const { items } = (await (await get(`/v1/record/${subject}`)).json()) as {
        items: { seq: number; type: string }[];
      };
      const graded = items.find((it) => it.type === 'pack.graded')!;
      const file = await fetched(`/v1/record/${subject}/entries/${graded.seq}/receipt`, 'receipt');
      const receipt = await packloop('verify', 'receipt', file, '--policy', policy, '--producers', producers);
      assert.deepEqual([receipt.code, receipt.said.sealed], [0, true], JSON.stringify(receipt.said));
      assert.deepEqual(
        receipt.said.disclosed.map(({ name, value }: { name: string; value: object }) => [name, value]),
        [
          ['interest', { grade: 'vehicle' }],
          ['operator', { by: 'somebody' }],
        ],
      );
      const history = await packloop(
        'verify',
        'history',
        await fetched(`/v1/record/${subject}/proof`, 'history'),
        '--policy',
        policy,
      );
      assert.deepEqual([history.code, history.said.events.length], [0, items.length], JSON.stringify(history.said));
      assert.equal((await get(`/v1/record/${subject}/proof`, '')).status, 401);

      // One witness dies: nothing changes. Two die: the log goes on, and what is published is what enough have signed.
      await witnesses.pop()!.end();
      const another = { subject: 'pack:P9', type: 'pack.placed', body: { n: 1 } } as const;
      await doWork((work) => append(work, [another]));
      await wait(2_500);
      const third = await packloop(
        'mirror',
        '--from',
        `${server.http}/log`,
        '--api-key-file',
        mirrorKey,
        '--dir',
        at('cosigned'),
        '--policy',
        policy,
      );
      assert.deepEqual([third.code, third.said.events], [0, await entries()], JSON.stringify(third.said));
      await witnesses.pop()!.end();
      await doWork((work) => append(work, [another]));
      await wait(2_500);
      const { rows } = await sql<{ events: number }>`select events from record.sequencer`.execute(db);
      assert.equal(rows[0]!.events, await entries(), 'it is placed all the same');
      const fourth = await packloop(
        'mirror',
        '--from',
        `${server.http}/log`,
        '--api-key-file',
        mirrorKey,
        '--dir',
        at('cosigned'),
        '--policy',
        policy,
      );
      assert.deepEqual([fourth.code, fourth.said.events], [0, (await entries()) - 1], JSON.stringify(fourth.said));
      assert.equal((await get('/v1/record/pack:P9/proof')).status, 409);
      assert.deepEqual(server.complaints, []);
    } finally {
      for (const it of witnesses) await it.end();
      await server?.kill();
      rmSync(dir, { recursive: true, force: true });
    }
  }),
);
