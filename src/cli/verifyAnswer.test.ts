// packloop verify answer, as a buyer of a used car uses it: three files, no network.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withServer } from '../../test/app.ts';
import { packCode, smallNetwork } from '../../test/seed.ts';
import { verdictOn } from '../../web/verify/verdict.ts';

const program = fileURLToPath(new URL('../../bin/packloop', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'packloop-answer-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; errors: string }>((done) =>
    execFile(program, ['verify', 'answer', ...args], { cwd: folder }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    ),
  );

test(
  'a signed answer holds offline with the policy and the key of the network; changed, or of another network, it does not',
  withServer(async ({ app, as }) => {
    await app.doWork((work) => smallNetwork(work));
    await (await app.openLog()).writer.once();
    await app.tick();
    const anybody = await as();
    const downloaded = (await anybody.get(`/v1/public/health?code=${packCode(1)}`)).body;
    const { note } = downloaded;
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return name;
    };
    file('policy', String((await anybody.get('/log/policy')).body));
    file('producers', String((await anybody.get('/log/producers')).body));
    const trusting = ['--policy', 'policy', '--producers', 'producers'];
    const held = await run(file('answer.txt', note), ...trusting);
    assert.equal(held.code, 0, held.errors);
    assert.match(held.out, new RegExp(`^Holds: \\S+/house said so of ${packCode(1)} on 2026-11-21T19:00:00Z`));
    assert.match(held.out, /soh = \{"basis":"reported","from":95,"to":100\}/);
    assert.match(held.out, /The log log\.packloop\.local\/\w+ then had \d+ entries\. No witness was asked for/);
    const piped = await run(file('piped.txt', `${note}\n`), ...trusting);
    assert.deepEqual([piped.code, piped.out], [0, held.out], 'as `jq -r .note` writes it');
    const told = JSON.parse((await run('answer.txt', ...trusting, '--json')).out);
    assert.deepEqual([told.holds, told.about.code, told.rests.size > 0], [true, packCode(1), true]);

    const whole = await run(file('answer.json', JSON.stringify(downloaded, null, 2)), ...trusting);
    assert.deepEqual([whole.code, whole.out], [0, held.out], whole.errors);
    const better = { ...downloaded, told: { ...downloaded.told, soh: { basis: 'reported', from: 99, to: 100 } } };
    const dressed = await run(file('dressed.json', JSON.stringify(better)), ...trusting);
    assert.equal(dressed.code, 1, 'what stands beside the note must be what was signed');
    assert.match(dressed.errors, /Does not hold \(bad-signature\): "told" beside the note is not what was signed/);
    const bare = await run(file('bare.json', JSON.stringify({ told: downloaded.told })), ...trusting);
    assert.deepEqual([bare.code, /JSON with a "note", or the note, is needed/.test(bare.errors)], [1, true]);
    const onThePage = await verdictOn({
      claim: JSON.stringify(downloaded),
      policy: String((await anybody.get('/log/policy')).body),
      producers: String((await anybody.get('/log/producers')).body),
    });
    assert.ok(onThePage.state === 'holds', JSON.stringify(onThePage));
    assert.equal(
      onThePage.rows.some(([label, value]) => label === 'figures' && value === 'simulated'),
      downloaded.simulated,
    );

    const changed = await run(file('changed.txt', note.replace('"from":95', '"from":90')), ...trusting);
    assert.deepEqual([changed.code, /Does not hold \(bad-signature\)/.test(changed.errors)], [1, true]);
    file('others', 'other.example/house+6c4a33f0+ASNOPAPo9Pp1XJpYDhvRLfbcnUzn5L0kPIkFb8S0gJp3\n');
    assert.notEqual((await run('answer.txt', '--policy', 'policy', '--producers', 'others')).code, 0);
    assert.equal((await run('answer.txt', '--policy', 'policy')).code, 2, 'whose answers are believed has to be said');
    assert.equal((await run('policy', ...trusting)).code, 1, 'a policy is no answer');
  }),
);
