// packloop chain deploy, member, local: the contracts onto a chain, who may anchor which log, and a chain to try it on.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { deploy, setMember, startAnvil } from '#record/chain';
import { makeFolder } from '../folder.ts';
import { contractsOn, fileAtHome, type Signing, signingChain, told } from './chain.ts';
import type { Common } from './open.ts';
import { Failed, note, say } from './say.ts';
import { stopSignal } from './stop.ts';

export async function deployContracts(options: Signing & { log: readonly string[]; file?: string }): Promise<void> {
  const { json, log } = options;
  const file = options.file === undefined ? fileAtHome('chain.json') : resolve(options.file);
  if (existsSync(file))
    throw new Failed(`${file} is there: move it away, or give another --file`, { code: 2, option: '--file' });
  await told(async () => {
    const chain = await signingChain(options);
    note(json === true, 'Compiling and deploying; this takes some seconds.');
    const made = await deploy(chain, log);
    makeFolder(dirname(file));
    writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`, { flag: 'wx', flush: true });
    say(json === true, { ...made, file, logs: log }, () =>
      [
        `Anchor      ${made.anchor}  (${made.gas.anchor} gas)`,
        `PackShares  ${made.packShares}  (${made.gas.packShares} gas)`,
        `on chain ${made.chainId}, by ${made.registrar}. Written to ${file}.`,
        log.length === 0 ? 'No log may be anchored yet: packloop chain member.' : `It may anchor ${log.join(', ')}.`,
      ].join('\n'),
    );
  });
}

export async function setOneMember(options: Signing & { log: string; address: string; remove?: true }): Promise<void> {
  const { json, log, address, remove } = options;
  await told(async () => {
    const chain = await signingChain(options);
    const { anchor } = await contractsOn(chain, options);
    await setMember(chain, anchor, log, address as `0x${string}`, !remove);
    const text = `${address} may ${remove ? 'no longer' : 'now'} anchor ${log}.`;
    say(json === true, { log, address, may: !remove }, text);
  });
}

/** A chain for trying things, on loopback, until it is told to stop. */
export async function localChain({ json, port, dir }: Common & { port: number; dir?: string }): Promise<void> {
  await told(async () => {
    if (dir !== undefined) makeFolder(resolve(dir));
    const state = dir === undefined ? [] : ['--state', join(resolve(dir), 'anvil.json')];
    const anvil = await startAnvil(port, state);
    try {
      say(json === true, { rpc: anvil.rpc, pid: anvil.pid }, () =>
        [
          `A chain for tests answers at ${anvil.rpc}. Nobody's property stands on it.`,
          dir === undefined ? 'It forgets everything when it ends.' : `What stands on it is kept in ${resolve(dir)}.`,
        ].join('\n'),
      );
      await stopSignal();
    } finally {
      await anvil.stop();
    }
  });
}
