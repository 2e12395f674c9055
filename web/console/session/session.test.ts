import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { afterCheck, type ConsoleConfig, type Me, mayIn, type SessionState } from './session.ts';

const config: ConsoleConfig = {
  at: '2026-11-22T08:00:00Z',
  clockSpeed: 1,
  simulated: false,
  publicView: true,
} as ConsoleConfig;
const me = { permissions: { 'swap.see': { all: true } } } as unknown as Me;
const fresh: SessionState = { config: undefined, configAt: 0, me: undefined, expired: false, unreachable: false };

suite('who sits here', () => {
  test('nobody sees the network where it is public, and nothing else', () => {
    assert.ok(mayIn({ config, me: undefined }, 'network.see'));
    assert.ok(!mayIn({ config, me: undefined }, 'swap.see'));
    assert.ok(!mayIn({ config: { ...config, publicView: false }, me: undefined }, 'network.see'));
    assert.ok(!mayIn({ config, me: undefined }, 'signed-in'));
    assert.ok(mayIn({ config: undefined, me: undefined }, 'anyone'));
  });

  test('somebody may what his permissions say', () => {
    assert.ok(mayIn({ config, me }, 'swap.see'));
    assert.ok(mayIn({ config, me }, 'signed-in'));
    assert.ok(!mayIn({ config, me }, 'ledger.see'));
  });

  test('a session that ended leaves its page and says so; the next sign-in ends that', () => {
    const signedIn = afterCheck(fresh, { config, me, now: 1 });
    const over = afterCheck(signedIn, { config, me: undefined, now: 2 });
    assert.deepEqual([over.me, over.expired], [me, true]);
    assert.equal(afterCheck(over, { config, me, now: 3 }).expired, false);
    assert.equal(afterCheck(fresh, { config, me: undefined, now: 1 }).expired, false);
  });
});
