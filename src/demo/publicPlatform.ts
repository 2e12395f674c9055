// The platforms that the demo network reports to: one program that fails now and then, as real ones do.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Inbox, platformServer, profiles, readFaults } from '#exchange';
import { signingKey, verifierKey } from '#record/log';
import { readKey, type VerifierKey } from '#record/verify';
import { type Clock, chance } from '#units';

/** Mild: enough that every part of the page has something to show. */
const FAULTS = 'busy=0.05,stored-error=0.05,page=0.02,reject=0.03';

export interface PublicPlatform {
  /** For REGULATOR_FILE. */
  readonly file: string;
  /** From now on it takes what this operator signs. */
  trust(operator: string): Promise<void>;
  end(): void;
}

/** @param seed 32 bytes of its key: simulated, and the same at each start, for receipts that are kept must go on to verify */
export async function startPublicPlatform(
  dir: string,
  clock: Clock,
  seed = new Uint8Array(32).fill(3),
): Promise<PublicPlatform> {
  const operators: VerifierKey[] = [];
  const key = signingKey('platform.demo', seed);
  const inbox = new Inbox(dir, operators);
  const faults = readFaults(FAULTS);
  const server = platformServer({
    inbox,
    key,
    faults: () => (operators.length === 0 ? { outage: 1 } : faults),
    dice: chance(12),
    now: clock,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const file = join(dir, 'platforms.json');
  const vkey = await verifierKey(key, 'note');
  writeFileSync(file, JSON.stringify(profiles.map(({ id }) => ({ id, url, key: vkey }))));
  return {
    file,
    async trust(operator) {
      operators.push(await readKey(operator));
    },
    end() {
      server.close();
      server.closeAllConnections();
      inbox.end();
    },
  };
}
