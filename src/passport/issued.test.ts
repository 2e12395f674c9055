import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { observe, succeed } from '#pack';
import { chance, Percent } from '#units';
import { withServer } from '../../test/app.ts';
import { packCode, smallNetwork } from '../../test/seed.ts';
import { rolledBack, type TestWork } from '../../test/work.ts';
import { enterCredential, reviseCredentials, revokeCredential, revokedPlaces } from './issued.ts';
import { demandNotRevoked } from './statusList.ts';

const dice = chance(5);
const random = (size: number) => Uint8Array.from({ length: size }, () => dice.between(0, 255));
const enter = (work: TestWork, n: number, promised: number, days = 30) =>
  enterCredential(
    work,
    { code: packCode(n), promised, issuedAt: work.at, until: work.at.add({ hours: 24 * days }) },
    random,
  );

test(
  'a credential is revoked when its pack has become worse than promised or left vehicles, and no other is',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const [eighty, ninety, gone] = [await enter(work, 1, 80), await enter(work, 1, 90), await enter(work, 2, 80)];
    const other = await enter(work, 3, 95);
    await reviseCredentials(work);
    assert.deepEqual(await revokedPlaces(work), []);
    await observe(work, [{ code: packCode(1), soc: Percent(50), soh: Percent(85) }]);
    await succeed(work, packCode(2), 'test');
    await reviseCredentials(work);
    await reviseCredentials(work);
    assert.deepEqual((await revokedPlaces(work)).toSorted(), [ninety, gone].toSorted());
    const { rows } = await sql<{ place: number; why: string }>`select place, why from passport.credential
      where revoked_at is not null order by why`.execute(work.db);
    assert.deepEqual(rows, [
      { place: ninety, why: 'below' },
      { place: gone, why: 'retired' },
    ]);
    assert.equal(await revokeCredential(work, eighty), true);
    assert.equal(await revokeCredential(work, eighty), false, 'once');
    assert.ok(!(await revokedPlaces(work)).includes(other));
    work.later({ hours: 24 * 31 });
    assert.deepEqual(await revokedPlaces(work), [], 'what is over needs no list');
  }),
);

test(
  'credentials stand at places that are drawn: two never share one, and the order tells nothing',
  rolledBack(async (work) => {
    await smallNetwork(work);
    const places: number[] = [];
    for (let n = 0; n < 50; n++) places.push(await enter(work, 1, 80));
    assert.equal(new Set(places).size, 50);
    assert.notDeepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    const same = () => new Uint8Array(4);
    const it = { code: packCode(1), promised: 80, issuedAt: work.at, until: work.at.add({ hours: 1 }) };
    assert.equal(await enterCredential(work, it, same), 0);
    await assert.rejects(enterCredential(work, it, same), { code: 'status-list-full' });
  }),
);

test('the server shows the list signed, once something was issued, and revokes with the edition of the day', async () => {
  const home = mkdtempSync(join(tmpdir(), 'packloop-status-'));
  try {
    await withServer(
      async ({ app, as, later }) => {
        const anybody = await as();
        for (const path of ['/status/credentials', '/status/issuer.pem'])
          assert.equal((await anybody.get(path)).status, 404);
        const { privateKey, publicKey } = generateKeyPairSync('ed25519');
        writeFileSync(join(home, 'passport.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
        await app.doWork((work) => smallNetwork(work));
        await app.tick();
        const until = app.clock().add({ hours: 24 * 30 });
        const it = { code: packCode(1), promised: 80, issuedAt: app.clock(), until };
        const idx = await app.doWork((work) => enterCredential(work, it, random));
        const uri = 'https://packloop.example/status/credentials';
        const looked = async () =>
          demandNotRevoked(
            String((await anybody.get('/status/credentials')).body),
            { uri, idx },
            { key: publicKey, at: app.clock() },
          );
        const pem = String((await anybody.get('/status/issuer.pem')).body);
        assert.equal(
          pem,
          publicKey.export({ type: 'spki', format: 'pem' }),
          'and the key to check it by, not the secret one',
        );
        await looked();
        await app.doWork((work) => observe(work, [{ code: packCode(1), soc: Percent(50), soh: Percent(70) }]));
        later({ hours: 1 });
        await app.tick();
        await looked();
        later({ hours: 23 });
        await app.tick();
        await assert.rejects(looked, { reason: 'revoked' });
      },
      { DATA_DIR: home, PUBLIC_URL: 'https://packloop.example' },
    )();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
