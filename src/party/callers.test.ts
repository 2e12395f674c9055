import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { DoWork } from '#kernel';
import { everything } from '#kernel/api';
import { addPerson, Callers, join, keys, makeKey, revokeKey, thePlatform } from '#party';
import { ownDatabase } from '../../test/database.ts';

test(
  'who asks again within five seconds costs the database nothing; what has changed is noticed at once when told, else after them',
  ownDatabase(async ({ doWork }) => {
    let [asked, nowMs] = [0, 0];
    const counting: DoWork = (job) => {
      asked++;
      return doWork(job);
    };
    const personId = await doWork(async (work) => {
      const id = await addPerson(work, {
        name: 'Ann',
        email: 'ann@a.example',
        password: 'x'.repeat(12),
        passwordDue: false,
      });
      await join(work, id, { partyId: await thePlatform(work), role: 'auditor' }, { by: 'test' });
      return id;
    });
    const key = await doWork((work) => makeKey(work, { name: 'x', scopes: ['read'], random: randomBytes(32) }));
    let sessions = 0;
    const sessionOf = async () => {
      sessions++;
      return { id: 's', personId, passwordDue: false, actingFor: null };
    };
    const { identify, forget } = new Callers({ doWork: counting, nowMs: () => nowMs, sessionOf });
    const byKey = { headers: { authorization: `Bearer ${key}` } };
    const bySession = { headers: { cookie: 'theme=dark; packloop.session_token=abc.def' } };

    const callers = await Promise.all([identify(byKey), identify(byKey), identify(bySession), identify(bySession)]);
    assert.deepEqual(
      callers.map((it) => it.kind),
      ['key', 'key', 'person', 'person'],
    );
    assert.deepEqual([asked, sessions], [2, 1], 'those who ask at once are looked up once');
    nowMs = 4_999;
    await Promise.all([identify(byKey), identify(bySession)]);
    assert.deepEqual([asked, sessions], [2, 1]);

    const { id } = (await doWork((work) => keys(work, everything)))[0]!;
    await doWork((work) => revokeKey(work, id, everything));
    assert.equal((await identify(byKey)).kind, 'key', 'another process would not know yet');
    nowMs = 5_000;
    await assert.rejects(identify(byKey), { code: 'credential-wrong' });
    forget();
    await identify(bySession);
    assert.equal(sessions, 2);
  }),
);

test(
  'a wrong key is looked up each time, and a header without a session is nobody’s',
  ownDatabase(async ({ doWork }) => {
    let asked = 0;
    const counting: DoWork = (job) => {
      asked++;
      return doWork(job);
    };
    const { identify } = new Callers({ doWork: counting, nowMs: () => 0, sessionOf: async () => undefined });
    for (let n = 1; n <= 2; n++) {
      await assert.rejects(identify({ headers: { authorization: 'Bearer pl_x' } }), { status: 401 });
      assert.equal(asked, n);
    }
    for (const cookie of ['', 'theme=dark', 'packloop.session_tokens=x', 'x-packloop.session_token=x'])
      assert.equal((await identify({ headers: { cookie } })).kind, 'nobody');
    assert.equal((await identify({ headers: { cookie: 'packloop.session_token=over' } })).kind, 'nobody');
    assert.equal(asked, 2);
  }),
);
