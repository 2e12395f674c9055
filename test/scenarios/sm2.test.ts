// A network that signs by SM2 with SM3 beside Ed25519: whoever may rely on only one of them verifies by that one, and it can be begun
// and ended while the log goes on.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { append } from '#record';
import { systemClock } from '#units';
import { ownDatabase } from '../database.ts';
import { type ServerProcess, startServerProcess } from '../server.ts';
import { packloop, startWitness, type WitnessProcess } from '../witnesses.ts';

const env = { RECORD_SECRET: 'a secret for tests, which is as long as it must be', LOG_ORIGIN: 'log.example/delta' };

test(
  'checkpoints carry both signatures while LOG_SM2 says so; each convinces whoever knows it, and a witness signs below them',
  ownDatabase(async ({ url, doWorkAt }) => {
    const dir = mkdtempSync(join(tmpdir(), 'packloop-sm2-'));
    const doWork = doWorkAt({ clock: systemClock });
    const event = () =>
      doWork((work) => append(work, [{ subject: 'pack:P1', type: 'pack.graded', body: { grade: 'vehicle' } }]));
    let server: ServerProcess | undefined;
    let witness: WitnessProcess | undefined;
    const restart = async (more: Readonly<Record<string, string>>) => {
      await server?.stop();
      server = await startServerProcess({ databaseUrl: url, env: { ...env, DATA_DIR: join(dir, 'data'), ...more } });
      await event();
    };
    const published = async (path: string) => await (await fetch(`${server!.http}/log/${path}`)).text();
    const file = (name: string, text: string) => {
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    };
    /** The newest checkpoint once it has so many signatures. */
    const signed = async (many: number): Promise<string> => {
      for (let tries = 0; tries < 100; tries++) {
        const text = await published('checkpoint');
        if (text.split('\n— ').length - 1 === many) return file('checkpoint', text);
        await new Promise((done) => setTimeout(done, 100));
      }
      return assert.fail(`no checkpoint with ${many} signatures: ${await published('checkpoint')}`);
    };
    const verdict = async (checkpoint: string, policy: readonly string[]) => {
      const it = await packloop(
        'verify',
        'checkpoint',
        checkpoint,
        '--policy',
        file('policy', `${policy.join('\n')}\n`),
      );
      return it.code === 0 ? it.said.witnesses.length : it.said;
    };
    try {
      await restart({ LOG_SM2: 'true' });
      const [inEd25519, inSm2, ...rest] = (await published('policy')).split('\n').filter(Boolean) as [string, string];
      assert.match(inSm2, /^log log\.example\/delta\+[0-9a-f]{8}\+\/3Bh/, 'type 0xff and a name');
      assert.deepEqual(rest, ['quorum none']);
      for (const policy of [[inEd25519], [inSm2], [inEd25519, inSm2]])
        assert.equal(await verdict(await signed(2), [...policy, 'quorum none']), 0);

      witness = await startWitness(dir, 'bank', inEd25519.replace(/^log /, 'log.example/delta='));
      const council = [witness.line, 'quorum bank'];
      const policy = file('council', `${council.join('\n')}\n`);
      await restart({ LOG_SM2: 'true', LOG_POLICY: policy });
      for (const log of [inEd25519, inSm2]) assert.equal(await verdict(await signed(3), [log, ...council]), 1);

      await restart({ LOG_POLICY: policy });
      const alone = await signed(2);
      assert.equal(await verdict(alone, [inEd25519, ...council]), 1);
      assert.match(JSON.stringify(await verdict(alone, [inSm2, ...council])), /not-signed/);
    } finally {
      await witness?.end();
      await server?.stop();
      rmSync(dir, { recursive: true });
    }
  }),
);
