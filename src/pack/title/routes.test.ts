// Title over HTTP: an organisation registers its key, and what it signed may be delivered by anybody who sees the pack.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifierKey } from '#record/log';
import type { PackCode } from '#units';
import { withServer } from '../../../test/app.ts';
import { tenant } from '../../../test/tenants.ts';
import { type Statement, statementText } from './statement.ts';
import { giveKeys, signed, signingKeyOf, transfer } from './testing.ts';

test(
  'two organisations register their keys and sign; whoever sees the pack delivers it, and then the buyer sees it, too',
  withServer(
    async ({ app, as }) => {
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

      const secret = 'PRIVATE+KEY+alfa.example/title+00000000+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
      const pasted = await seller.admin.post('/v1/title/keys', { party: 'alfa', key: secret });
      assert.deepEqual(problem(pasted), [422, '/problems/title-key-wrong']);
      assert.doesNotMatch(JSON.stringify(pasted.body), /AAAA/);
      // Whoever runs the network signs for nobody.
      const platform = await as('admin');
      const thief = await platform.post('/v1/title/keys', { party: 'alfa', key: (await keyOf('eve')).key });
      assert.deepEqual(problem(thief), [403, '/problems/title-key-foreign']);
      const { origin, log } = (await app.openLog()).house;
      const logKey = await verifierKey(log, 'note');
      const reused = await seller.admin.post('/v1/title/keys', { party: 'alfa', key: logKey });
      assert.deepEqual(problem(reused), [422, '/problems/title-key-wrong'], origin);
      const { items } = (await buyer.admin.get('/v1/record/party:alfa')).body;
      assert.deepEqual(
        items.map((it: { type: string; body: object }) => [it.type, it.body]),
        [['title.key-added', { key: (await keyOf('alfa')).key, by: items[0].body.by }]],
        'anybody may know whose key it is',
      );

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

test(
  'an act is prepared by the network, which says who must sign it; what was done can be read again with who signed',
  withServer(
    async ({ app }) => {
      const [seller, buyer] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
      await app.doWork((work) => giveKeys(work, 'alfa', 'zulu'));
      const code = seller.packs[0]! as PackCode;
      const at = `/v1/packs/${code}/title`;
      const draft = (act: object) => seller.admin.post(`${at}/draft`, { act });
      const act = { type: 'title.transfer', from: 'alfa', to: 'zulu', millionths: 400_000 };
      const { status, body } = await draft(act);
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual([body.mustSign, body.andMoreThanHalf], [['alfa', 'zulu'], false]);
      assert.equal(body.text, statementText(body.statement));
      assert.deepEqual(body.keys.map((it: { party: string }) => it.party).toSorted(), ['alfa', 'zulu']);
      assert.equal((await buyer.admin.post(`${at}/draft`, { act })).status, 404, 'he does not see the pack yet');
      const tooMuch = await draft({ ...act, from: 'zulu', to: 'alfa' });
      assert.deepEqual([tooMuch.status, tooMuch.body.type], [409, '/problems/title-share-short']);
      const stranger = await draft({ ...act, to: 'nobody' });
      assert.deepEqual([stranger.status, stranger.body.type], [404, '/problems/party-unknown']);

      assert.equal((await seller.admin.get(`${at}/acts`)).body.acts.length, 0, 'a draft is nothing yet');
      const note = await signed(body.statement, ['alfa', 'zulu']);
      assert.equal((await seller.admin.post(`${at}/acts`, { note })).status, 200);
      const { acts } = (await buyer.admin.get(`${at}/acts`)).body;
      const [{ statement, signedBy, note: kept }] = acts;
      assert.deepEqual([acts.length, statement, signedBy, kept], [1, body.statement, ['alfa', 'zulu'], note]);

      const binding = { preemptionDays: 7, leastMillionths: null, buyers: null, lockedUntil: null };
      const restrict = await draft({ type: 'title.restrict', restrictions: binding });
      assert.deepEqual([restrict.body.mustSign, restrict.body.andMoreThanHalf], [['alfa'], false], 'who has 60 of 100');
      const half = await draft({ ...act, millionths: 100_000 });
      await seller.admin.post(`${at}/acts`, { note: await signed(half.body.statement, ['alfa', 'zulu']) });
      const both = await draft({ type: 'title.restrict', restrictions: binding });
      assert.deepEqual(both.body.mustSign, ['alfa', 'zulu'], 'a half is not more than a half');
    },
    { RATE_LIMIT: 0 },
  ),
);
