// Who has a share of a pack is told how it does and where it stands, and never in whose vehicle it was.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { addParties, makeKey } from '#party';
import type { PackCode, PartyId } from '#units';
import { withServer } from '../test/app.ts';
import { tenant, withKey } from '../test/tenants.ts';
import { giveKeys, say, transfer } from './pack/title/testing.ts';

test(
  'an owner of a millionth reads no vehicle out of lists, stories, books, files and the record; the operator reads it',
  withServer(
    async ({ app }) => {
      const alfa = await tenant(app, 'alfa', 7);
      const code = alfa.packs[3] as PackCode;
      const partyId = 'fund' as PartyId;
      const key = await app.doWork(async (work) => {
        await addParties(work, [{ id: partyId, name: 'a fund', kind: 'owner' }]);
        await giveKeys(work, 'alfa', 'fund');
        await say(work, code, transfer('alfa', 'fund', 1), ['alfa', 'fund']);
        return await makeKey(work, { name: 'fund', scopes: ['read', 'admin'], partyId, random: randomBytes(32) });
      });
      const fund = withKey(app, key);
      const paths = [
        `/v1/packs/${code}`,
        `/v1/packs/${code}/story`,
        `/v1/packs/${code}/title`,
        `/v1/packs/${code}/handovers`,
        `/v1/record/pack:${code}`,
        '/v1/packs',
        '/v1/ledger/accounts?limit=500',
        '/v1/exports/packs?format=csv',
        '/v1/exports/accounts?format=csv',
      ];
      const seen: string[] = [];
      for (const path of paths) {
        const { status, body } = await fund.get(path);
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        assert.equal(status, 200, `${path}: ${text}`);
        assert.ok(!text.includes(alfa.vin), `${path} tells ${alfa.vin}`);
        const own = (await alfa.admin.get(path)).body;
        if ((typeof own === 'string' ? own : JSON.stringify(own)).includes(alfa.vin)) seen.push(path);
      }
      assert.ok(seen.length >= 5, `the operator finds it in ${seen.join(', ')}`);
      for (const path of ['/v1/packs?', '/v1/exports/packs?format=csv&', '/v1/ledger/accounts?']) {
        const by = `${path}${path.includes('accounts') ? 'holder' : 'place'}=vehicle:${alfa.vin}`;
        const asked = await fund.get(by);
        assert.equal(asked.status, 403, by);
        assert.match(JSON.stringify(asked.body), /vehicle-veiled/);
        assert.equal((await alfa.admin.get(by)).status, 200, by);
      }
      const { body } = await fund.get(`/v1/record/pack:${code}`);
      for (const { body: told } of body.items)
        for (const field of ['stationId', 'slotNo', 'swapId', 'by']) assert.ok(!(field in told) || told.act, field);
    },
    { RATE_LIMIT: 0 },
  ),
);
