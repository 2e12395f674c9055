// A network with a property structure of its own: packs enter as the file says.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { check } from '#kernel';
import { history } from '#record';
import { withServer } from '../test/app.ts';
import { packCode, smallNetwork } from '../test/seed.ts';
import { allInvariants } from './audit.ts';
import { ConfigWrong } from './config.ts';
import { structureIn } from './openProperty.ts';

const dir = mkdtempSync(join(tmpdir(), 'packloop-property-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const fileWith = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

const restrictions = { preemptionDays: 30, leastMillionths: 50_000, buyers: null, lockedUntil: null };
const joint = {
  ...{ name: 'joint', lessee: 'op', ownersPercent: 55, restrictions },
  owners: [
    { party: 'bank', millionths: 600_000 },
    { party: 'maker', millionths: 400_000 },
  ],
};
const code = packCode(903);

test(
  'a pack of which nobody says whose it is enters owned, let, restricted and paid as the structure says; its record tells',
  withServer(
    async ({ app, as }) => {
      await app.doWork((work) => smallNetwork(work));
      const admin = await as('admin');
      const pack = {
        ...{ code, model: 'nio-75', soh: 100, soc: 50, leakTestedOn: null, leakTestPassed: false },
        ...{ firmware: '1.0.0', holder: 'party:op' },
      };
      const sent = await admin.post('/v1/packs', pack);
      assert.equal(sent.status, 200, JSON.stringify(sent.body));
      const [made] = sent.body.codes;
      const title = (await admin.get(`/v1/packs/${made}/title`)).body;
      assert.deepEqual(
        title.owners.map((it: { party: string; millionths: number }) => [it.party, it.millionths]),
        [
          ['bank', 600_000],
          ['maker', 400_000],
        ],
      );
      assert.deepEqual([title.lessee, title.restrictions], ['op', restrictions]);
      await app.doWork(async (work) => {
        const [entry] = await history(work, `pack:${made}`);
        assert.deepEqual([entry?.body.structure, entry?.body.ownersPercent, entry?.body.lessee], ['joint', 55, 'op']);
        for (const it of await check(work, allInvariants)) assert.deepEqual(it.violations, [], it.sentence);
      });
    },
    { PROPERTY_FILE: fileWith('joint.json', JSON.stringify(joint)), RATE_LIMIT: 0 },
  ),
);

test('a structure whose shares are not the whole, or that says what we do not know, is refused by name', () => {
  const wrong = (it: object) => () => structureIn(fileWith('wrong.json', JSON.stringify({ ...joint, ...it })));
  const told = (text: string) => (error: unknown) => error instanceof ConfigWrong && error.message.includes(text);
  assert.throws(wrong({ owners: joint.owners.slice(1) }), told('1,000,000'));
  assert.throws(wrong({ ownersPercent: 101 }), told('ownersPercent'));
  assert.throws(wrong({ custodian: 'op' }), told('custodian'));
  assert.throws(() => structureIn(fileWith('no.json', '{')), told('is no JSON'));
  assert.equal(structureIn(undefined), undefined);
});
