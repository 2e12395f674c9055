// packloop platform: a public platform to try the gateway on, which fails as real ones do. Needs no database.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Inbox, platformServer, readFaults } from '#exchange';
import { signingKey, verifierKey } from '#record/log';
import { readKey } from '#record/verify';
import { chance } from '#units';
import { makeFolder } from '../folder.ts';
import type { Common } from './open.ts';
import { Failed, note, say } from './say.ts';
import { stopSignal } from './stop.ts';

interface Options extends Common {
  readonly dir: string;
  readonly name: string;
  readonly port: number;
  readonly host: string;
  /** Verifier keys of those whose reports it takes. */
  readonly operator: readonly string[];
  readonly fault: string;
  readonly seed: number;
}

/** Runs until it is told to stop. */
export async function runPlatform({ json, dir, name, port, host, operator, fault, seed }: Options): Promise<void> {
  const wrong = (option: string) => (error: Error) => {
    throw new Failed(`${option}: ${error.message}`, { code: 2 });
  };
  const operators = await Promise.all(operator.map((it) => readKey(it).catch(wrong('--operator'))));
  const faults = await (async () => readFaults(fault))().catch(wrong('--fault'));
  const home = resolve(dir);
  makeFolder(home, 0o700);
  const key = signingKey(name, seedIn(join(home, 'key')));
  const inbox = new Inbox(home, operators);
  try {
    const server = platformServer({
      inbox,
      key,
      faults: () => faults,
      dice: chance(seed),
      now: () => Temporal.Now.instant(),
      said: (line) => note(json === true, line),
    });
    server.listen(port, host);
    await once(server, 'listening');
    const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
    const vkey = await verifierKey(key, 'note');
    say(json === true, { platform: name, key: vkey, url, reports: inbox.all.length }, () =>
      [
        `A platform for trials listens at ${url}. What REGULATOR_FILE is to hold:`,
        JSON.stringify([{ id: 'national', url, key: vkey }]),
      ].join('\n'),
    );
    await stopSignal();
    server.close();
    server.closeAllConnections();
  } finally {
    inbox.end();
  }
}

/** Made once. */
function seedIn(path: string): Uint8Array<ArrayBuffer> {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return Uint8Array.fromHex(readFileSync(path, 'utf8').trim());
}
