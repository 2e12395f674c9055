// What the commands about a chain share: how it is reached, by which key, and where its contracts are.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  askAnvil,
  type Chain,
  ChainTrouble,
  type Deployment,
  makeKeyFile,
  onRightChain,
  openChain,
  readDeployment,
  readKeyFile,
} from '#record/chain';
import { readConfig } from '../config.ts';
import { makeFolder } from '../folder.ts';
import type { Common } from './open.ts';
import { Failed, note } from './say.ts';

export interface OnChain extends Common {
  /** JSON-RPC address. May hold a password, so it is never said back. */
  readonly rpc: string;
  readonly contracts?: string;
}

export interface Signing extends OnChain {
  readonly keyFile?: string;
}

/** Wrong files and keys are wrong usage; a chain that does not do it is a failure. */
const ASKED_WRONGLY: readonly string[] = ['wrong-key', 'wrong-file'];

/** Says the trouble of a chain in a sentence. @throws Failed */
export async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ChainTrouble)) throw error;
    const code = ASKED_WRONGLY.includes(error.reason) ? 2 : 1;
    throw new Failed(error.message, { code, reason: error.reason });
  }
}

/** A file in the data folder. */
export const fileAtHome = (name: string): string => join(resolve(readConfig(process.env).DATA_DIR), name);

/** With a key: the one named, or that in the data folder, made at first use. On a chain for tests it gets what it needs. */
export async function signingChain({ json, rpc, keyFile }: Signing): Promise<Chain> {
  const file = keyFile === undefined ? fileAtHome('chain.key') : resolve(keyFile);
  if (keyFile === undefined && !existsSync(file)) {
    makeFolder(dirname(file), 0o700);
    const { address } = makeKeyFile(file, crypto.getRandomValues(new Uint8Array(32)));
    note(json === true, `Made the key of ${address} in ${file}: keep a copy.`);
  }
  const chain = openChain({ rpc: rpcIn(rpc), sender: readKeyFile(file) });
  await fundOnAnvil(rpc, chain);
  return chain;
}

export const readingChain = ({ rpc }: OnChain): Chain => openChain({ rpc: rpcIn(rpc) });

/** @throws Failed */
export function rpcIn(rpc: string): string {
  if (!/^https?:$/.test(URL.parse(rpc)?.protocol ?? ''))
    throw new Failed('--rpc: an address that begins with http:// or https:// is needed', { code: 2, option: '--rpc' });
  return rpc;
}

async function fundOnAnvil(rpc: string, { client, sender }: Chain): Promise<void> {
  const version = await client.request({ method: 'web3_clientVersion' }).catch(() => '');
  if (!version.startsWith('anvil') || !sender) return;
  if ((await client.getBalance({ address: sender.address })) > 0n) return;
  await askAnvil(rpc, 'anvil_setBalance', sender.address, '0x56bc75e2d63100000');
}

/** Where the contracts are, and that they are on this chain. @throws Failed */
export async function contractsOn(chain: Chain, { contracts }: OnChain): Promise<Deployment> {
  const file = contracts === undefined ? fileAtHome('chain.json') : resolve(contracts);
  if (!existsSync(file))
    throw new Failed(`There is no file ${file}: packloop chain deploy writes it`, { code: 2, option: '--contracts' });
  const deployment = readDeployment(readFileSync(file, 'utf8'), file);
  await onRightChain(chain, deployment);
  return deployment;
}

/** As whom parties wish to appear on the chain. @throws Failed */
export function namedIn(file: string): Record<string, string> {
  try {
    const it = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    if (typeof it === 'object' && it !== null && Object.values(it).every((at) => typeof at === 'string')) return it;
  } catch {
    // said below
  }
  throw new Failed(`${file}: a JSON object of party ids and addresses is needed`, { code: 2, option: '--addresses' });
}
