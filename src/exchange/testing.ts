// A platform and a network that reports to it, for tests: real HTTP between the two, and clocks that are turned.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Work } from '#kernel';
import { Secret } from '#record';
import { signingKey, verifierKey } from '#record/log';
import { readKey } from '#record/verify';
import { chance } from '#units';
import { type TestApp, withServer } from '../../test/app.ts';
import type { Faults } from './platform/faults.ts';
import { Inbox } from './platform/inbox.ts';
import { platformServer } from './platform/serve.ts';
import { connect } from './store.ts';
import { takeUp } from './take.ts';

export interface Reporting extends TestApp {
  readonly inbox: Inbox;
  /** What goes wrong from now on. */
  fail(faults: Faults): void;
}

const originOfTests = 'log.test/exchange';

/** A network that reports to these platforms, all of them one server. */
export const reporting =
  (body: (it: Reporting) => Promise<void>, ids: readonly string[] = ['national']) =>
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'packloop-platform-'));
    const platformKey = signingKey('platform.test', new Uint8Array(32).fill(7));
    let faults: Faults = {};
    const operator = await operatorKey();
    const inbox = new Inbox(dir, [await readKey(operator)]);
    let now = Temporal.Instant.from('2026-11-22T08:15:00Z');
    const server = platformServer({ inbox, key: platformKey, faults: () => faults, dice: chance(5), now: () => now });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const file = join(dir, 'platforms.json');
    const key = await verifierKey(platformKey, 'note');
    writeFileSync(file, JSON.stringify(ids.map((id) => ({ id, url, key }))));
    const config = { REGULATOR_FILE: file, LOG_ORIGIN: originOfTests, DATA_DIR: dir };
    try {
      await withServer(async (it) => {
        await it.app.openLog();
        const later = (by: Temporal.DurationLike) => {
          now = now.add(by);
          it.later(by);
        };
        await body({
          ...it,
          later,
          inbox,
          fail: (to) => {
            faults = to;
          },
        });
      }, config)();
    } finally {
      server.closeAllConnections();
      server.close();
      inbox.end();
      rmSync(dir, { recursive: true });
    }
  };

/** Of the network that `withServer` makes: its secret is known. */
async function operatorKey(): Promise<string> {
  const secret = new Secret('for tests alone, and as long as it has to be');
  return await verifierKey(
    signingKey(`${originOfTests}/regulator`, secret.derived(`regulator\n${originOfTests}`)),
    'note',
  );
}

/**
 * Reports all that the record holds, in a work that others have rolled back before: the numbers that they drew are not
 * waited for.
 */
export async function takeUpAll(work: Work, platforms: readonly string[]): Promise<void> {
  await connect(work, platforms);
  await sql`update exchange.platform set through = (select coalesce(min(seq) - 1, 0) from record.entry)`.execute(
    work.db,
  );
  await takeUp(work, platforms);
}
