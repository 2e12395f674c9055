// packloop witness: cosigns the checkpoints of the logs it knows, and nothing else. Needs no database.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { basename, resolve } from 'node:path';
import { verifierKey } from '#record/log';
import { readKey, type VerifierKey } from '#record/verify';
import { openWitness, witnessServer } from '#record/witness';
import type { Common } from './open.ts';
import { Failed, say } from './say.ts';
import { stopSignal } from './stop.ts';

interface Options extends Common {
  readonly dir: string;
  readonly port: number;
  readonly host: string;
  /** `ORIGIN=KEY`, each. */
  readonly log: readonly string[];
  readonly name?: string;
}

/** Runs until it is told to stop. */
export async function runWitness({ json, dir, port, host, log, name }: Options): Promise<void> {
  const logs = new Map<string, VerifierKey[]>();
  for (const it of log) {
    const at = it.indexOf('=');
    if (at < 1) throw new Failed(`--log ${it}: ORIGIN=KEY is needed`, { code: 2 });
    const origin = it.slice(0, at);
    const key = await readKey(it.slice(at + 1)).catch((error) => {
      throw new Failed(`--log ${origin}: ${error.message}`, { code: 2 });
    });
    if (key.kind !== 'note')
      throw new Failed(`--log ${origin}: this is the key of a witness, not of a log`, { code: 2 });
    logs.set(origin, [...(logs.get(origin) ?? []), key]);
  }
  const home = {
    dir: resolve(dir),
    name: name ?? basename(resolve(dir)),
    seed: () => crypto.getRandomValues(new Uint8Array(32)),
  };
  const witness = await openWitness(home, logs, () => Math.floor(Date.now() / 1000)).catch((error) => {
    throw new Failed(error.message, { code: 1 });
  });
  try {
    const server = await witnessServer(witness, () => performance.now());
    server.listen(port, host);
    await once(server, 'listening');
    const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
    const key = await verifierKey(witness.key, 'cosignature');
    say(json === true, { witness: witness.key.name, key, url, logs: [...logs.keys()] }, () =>
      [
        `The witness ${witness.key.name} watches ${[...logs.keys()].join(', ')}. Its line for a policy:`,
        `witness ${witness.key.name} ${key} ${url}`,
      ].join('\n'),
    );
    await stopSignal();
    server.close();
    server.closeAllConnections();
  } finally {
    witness.end();
  }
}
