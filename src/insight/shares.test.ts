// Shares of packs as a list: each organisation has its own before it, and what concerns them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addParties } from '#party';
import type { PackCode, PartyId } from '#units';
import { type Caller, withServer } from '../../test/app.ts';
import { tenant } from '../../test/tenants.ts';
import { giveKeys, say, transfer } from '../pack/title/testing.ts';

type Line = Readonly<Record<string, unknown>>;

test(
  'an organisation sees its shares and nobody else’s: what is pledged, let, offered and voted on can be asked for',
  withServer(
    async ({ app, as }) => {
      const [alfa, zulu] = [await tenant(app, 'alfa', 7), await tenant(app, 'zulu', 8)];
      const [first, second] = alfa.packs as [PackCode, PackCode];
      await app.doWork(async (work) => {
        await addParties(work, [{ id: 'lender' as PartyId, name: 'Lender', kind: 'bank' }]);
        await giveKeys(work, 'alfa', 'zulu', 'lender');
        await say(work, first, transfer('alfa', 'zulu', 250_000), ['alfa', 'zulu']);
        const pledge = {
          type: 'title.pledge',
          lien: 'L1',
          owner: 'alfa',
          holder: 'lender',
          purpose: 'loan 1',
        } as const;
        await say(work, first, { ...pledge, millionths: 100_000 } as never, ['alfa', 'lender']);
        await say(work, first, { type: 'title.lease', lessee: 'zulu' } as never, ['alfa', 'zulu']);
        const closes = work.at.add({ hours: 24 }).toString();
        const question = { type: 'title.question', vote: 'v1', by: 'alfa', question: 'Paint it?', closes } as const;
        await say(work, second, question as never, ['alfa']);
      });
      const asked = async (who: Pick<Caller, 'get'>, query = '') => {
        const { status, body } = await who.get(`/v1/title/shares?${query}`);
        assert.equal(status, 200, JSON.stringify(body));
        return body as { items: Line[]; nextCursor?: string };
      };
      const all = await asked(alfa.admin, 'limit=500');
      assert.deepEqual(new Set(all.items.map((it) => it.party)), new Set(['alfa']));
      assert.deepEqual(all.items.map((it) => it.code).toSorted(), [...alfa.packs].toSorted());
      assert.deepEqual(
        all.items.find((it) => it.code === first),
        {
          ...{ code: first, model: all.items[0]!.model, party: 'alfa', name: all.items[0]!.name, millionths: 750_000 },
          ...{ pledged: 100_000, others: 1, lessee: 'zulu', offers: 0, votes: 0 },
        },
      );
      const codes = async (query: string) => (await asked(alfa.admin, query)).items.map((it) => it.code);
      assert.deepEqual(await codes('matter=pledged'), [first]);
      assert.deepEqual(await codes('matter=let'), [first]);
      assert.deepEqual(await codes('matter=voted'), [second]);
      assert.deepEqual(await codes('matter=offered'), []);
      assert.deepEqual(await codes(`search=${first.slice(5, 15)}`), [first]);
      assert.deepEqual(await codes('party=zulu'), [], 'not one’s own');
      assert.deepEqual(
        (await asked(zulu.admin, `search=${first}`)).items.map((it) => [it.party, it.millionths]),
        [['zulu', 250_000]],
      );

      const everybody = await as('admin');
      const both = await asked(everybody, `search=${first}&limit=1`);
      const rest = await asked(everybody, `search=${first}&limit=1&cursor=${both.nextCursor}`);
      assert.deepEqual(
        [both, rest].flatMap((it) => it.items.map((one) => one.party)),
        ['alfa', 'zulu'],
      );
      assert.equal(rest.nextCursor, undefined);
      const { body } = await alfa.admin.get('/v1/exports/shares?format=csv&matter=pledged');
      assert.match(String(body), new RegExp(`${first},.*,alfa,.*,750000,100000,1,zulu,0,0`));
    },
    { RATE_LIMIT: 0 },
  ),
);
