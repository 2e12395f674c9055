// Hand-overs over HTTP: drafted by one side, signed by both, brought by either; the certificate is proven from its file alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifierKey } from '#record/log';
import { withServer } from '../../../test/app.ts';
import { type Tenant, tenant } from '../../../test/tenants.ts';
import { signingKeyOf } from '../../pack/title/testing.ts';
import { signedBy } from './testing.ts';

const problem = ({ status, body }: { status: number; body: { type?: string } }) => [status, body.type];
const giveKey = async ({ id, admin }: Tenant) =>
  await admin.post('/v1/title/keys', { party: id, key: await verifierKey(signingKeyOf(id), 'note') });

test(
  'one operator drafts, both sign, the receiver brings it though he has never seen the pack; then either side has the certificate',
  withServer(
    async ({ app }) => {
      const [giver, receiver, stranger] = [
        await tenant(app, 'alfa', 7),
        await tenant(app, 'zulu', 8),
        await tenant(app, 'mike', 9),
      ];
      for (const it of [giver, receiver, stranger]) assert.equal((await giveKey(it)).status, 200);
      const log = await app.openLog();
      await log.writer.once();
      const code = giver.packs[2]!;
      const at = `/v1/packs/${code}/handovers`;
      const asked = { to: 'zulu', place: 'Yard 3, Shenzhen', damage: ['scratch on the left'] };
      for (const other of [receiver, stranger])
        assert.deepEqual(problem(await other.admin.post(`${at}/draft`, asked)), [404, '/problems/pack-unknown']);
      const draft = await giver.admin.post(`${at}/draft`, asked);
      assert.equal(draft.status, 200, JSON.stringify(draft.body));
      const { statement } = draft.body;
      assert.equal(draft.body.text.split('\n').length, 2);
      assert.equal(statement.head.count, (await log.headOf(`pack:${code}`))!.count);
      assert.deepEqual(
        draft.body.keys.map((it: { party: string }) => it.party),
        ['alfa', 'zulu'],
      );
      const withoutHead = await signedBy({ ...statement, head: null }, 'alfa', 'zulu');
      const lied = await signedBy({ ...statement, head: { ...statement.head, count: 1 } }, 'alfa', 'zulu');
      for (const note of [withoutHead, lied])
        assert.deepEqual(problem(await giver.admin.post(at, { note })), [409, '/problems/handover-head-wrong']);

      const alone = await signedBy(statement, 'zulu');
      assert.deepEqual(problem(await receiver.admin.post(at, { note: alone })), [404, '/problems/pack-unknown']);
      const offered = await giver.admin.post(at, { note: await signedBy(statement, 'alfa') });
      assert.deepEqual([offered.status, offered.body.state], [200, 'offered']);
      const seen = await receiver.admin.get(at);
      assert.deepEqual([seen.status, seen.body.items.length], [200, 1], 'what was offered to him he sees');
      assert.equal((await stranger.admin.get(at)).status, 404);
      const file = `${at}/${offered.body.id}/certificate`;
      assert.deepEqual(problem(await giver.admin.get(file)), [409, '/problems/handover-not-certified']);

      const note = await signedBy(statement, 'alfa', 'zulu');
      assert.deepEqual(problem(await stranger.admin.post(at, { note })), [404, '/problems/pack-unknown']);
      const done = await receiver.admin.post(at, { note });
      assert.deepEqual([done.status, done.body.state], [200, 'certified'], JSON.stringify(done.body));
      assert.deepEqual((await receiver.admin.post(at, { note })).body, done.body);
      assert.equal((await receiver.admin.get(`/v1/packs/${code}`)).body.custody, 'party:zulu');
      assert.deepEqual(problem(await giver.admin.get(file)), [409, '/problems/entry-not-placed']);
      await log.writer.once();
      for (const side of [giver, receiver]) {
        const { status, body } = await side.admin.get(file);
        assert.equal(status, 200, JSON.stringify(body));
        assert.match(body.receipt, /^c2sp\.org\/tlog-proof@v1\n/);
        assert.ok(body.history.events.length > statement.head.count);
      }
      assert.equal((await stranger.admin.get(file)).status, 404);
      const place = { holder: 'party:alfa', reason: 'it is ours' };
      const byHand = await giver.admin.post(`/v1/packs/${code}/place`, place);
      assert.deepEqual(problem(byHand), [409, '/problems/handover-needed']);
    },
    { RATE_LIMIT: 0 },
  ),
);

test(
  'delivered by both sides in one moment, a certificate moves the pack once and tells all the same',
  withServer(
    async ({ app }) => {
      const [giver, receiver] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
      for (const it of [giver, receiver]) await giveKey(it);
      const code = giver.packs[2]!;
      const at = `/v1/packs/${code}/handovers`;
      const { statement } = (await giver.admin.post(`${at}/draft`, { to: 'zulu', place: 'Yard 3' })).body;
      assert.equal(statement.head, null, 'no log is open here');
      const [both, first, second] = [
        await signedBy(statement, 'alfa', 'zulu'),
        await signedBy(statement, 'alfa'),
        await signedBy(statement, 'zulu', 'alfa'),
      ];
      const replies = await Promise.all([
        giver.admin.post(at, { note: both }),
        receiver.admin.post(at, { note: second }),
        giver.admin.post(at, { note: first }),
        receiver.admin.post(at, { note: both }),
      ]);
      assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200], JSON.stringify(replies));
      assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1);
      const { history, custody } = (await receiver.admin.get(`/v1/packs/${code}`)).body;
      const moved = history.filter((it: { type: string }) => it.type === 'pack.handed-over');
      assert.deepEqual([moved.length, custody], [1, 'party:zulu']);
      const { body } = await giver.admin.get(at);
      assert.deepEqual([body.items.length, body.items[0].state, body.after], [1, 'certified', 1]);
    },
    { RATE_LIMIT: 0 },
  ),
);
