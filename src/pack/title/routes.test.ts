// Title over HTTP: an organisation registers its key, and what it signed may be delivered by anybody who sees the pack.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifierKey } from '#record/log';
import type { PackCode } from '#units';
import { withServer } from '../../../test/app.ts';
import { tenant } from '../../../test/tenants.ts';
import type { Statement } from './statement.ts';
import { signed, signingKeyOf, transfer } from './testing.ts';

test(
  'two organisations register their keys and sign; whoever sees the pack delivers it, and then the buyer sees it, too',
  withServer(
    async ({ app }) => {
      const [seller, buyer] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
      const keyOf = async (party: string) => ({ party, key: await verifierKey(signingKeyOf(party), 'note') });
      const problem = ({ status, body }: { status: number; body: { type?: string } }) => [status, body.type];
      assert.equal((await seller.admin.post('/v1/title/keys', await keyOf('alfa'))).status, 200);
      assert.equal((await buyer.admin.post('/v1/title/keys', await keyOf('zulu'))).status, 200);
      const twice = await seller.admin.post('/v1/title/keys', await keyOf('alfa'));
      assert.deepEqual(problem(twice), [409, '/problems/title-key-known']);
      const strange = await seller.admin.post('/v1/title/keys', { party: 'zulu', key: (await keyOf('eve')).key });
      assert.deepEqual(problem(strange), [404, '/problems/party-unknown']);
      const bad = await seller.admin.post('/v1/title/keys', { party: 'alfa', key: 'x'.repeat(60) });
      assert.deepEqual(problem(bad), [422, '/problems/title-key-wrong']);

      const code = seller.packs[0]! as PackCode;
      const at = `/v1/packs/${code}/title`;
      const before = (await seller.admin.get(at)).body;
      assert.deepEqual(before.owners, [{ party: 'alfa', millionths: 1_000_000, pledged: 0 }]);
      assert.equal(before.custodian, `station:${seller.station}`);
      const until = '2099-01-01T00:00:00Z';
      const share = transfer('alfa', 'zulu', 250_000);
      const statement: Statement = { v: 1, pack: code, after: before.acts, until, ...share };
      const forged = await signed(statement, ['alfa', 'eve']);
      const refused = await seller.admin.post(`${at}/acts`, { note: forged });
      assert.deepEqual(problem(refused), [403, '/problems/title-unsigned']);
      const note = await signed(statement, ['alfa', 'zulu']);
      assert.equal((await buyer.admin.post(`${at}/acts`, { note })).status, 404, 'he does not see the pack yet');
      const done = await seller.admin.post(`${at}/acts`, { note });
      assert.equal(done.status, 200, JSON.stringify(done.body));
      const after = (await buyer.admin.get(at)).body;
      assert.deepEqual(
        after.owners.map((it: { party: string; millionths: number }) => [it.party, it.millionths]).toSorted(),
        [
          ['alfa', 750_000],
          ['zulu', 250_000],
        ],
      );
      assert.equal(after.acts, 1);
      assert.equal((await seller.admin.post('/v1/title/keys/end', await keyOf('alfa'))).status, 200);
      const ended = await seller.admin.post('/v1/title/keys/end', await keyOf('alfa'));
      assert.deepEqual(problem(ended), [404, '/problems/title-key-unknown']);
    },
    { RATE_LIMIT: 0 },
  ),
);
