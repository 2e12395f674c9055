// A chain for one test: a real anvil process with both contracts on it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransactionReceipt } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { freePort } from '../../../test/server.ts';
import { type Anchorable, type AnchorContract, sendAnchor } from './anchor.ts';
import { type Anvil, anvilBinary, askAnvil, startAnvil } from './anvil.ts';
import { type Chain, openChain } from './chain.ts';
import { type Deployment, deploy } from './deploy.ts';

/** For `test(name, { skip: noAnvil }, ...)`. */
export const noAnvil: string | false =
  anvilBinary() === undefined ? `there is no anvil for ${process.platform} ${process.arch} on npm` : false;

/** The same account for the same number, with a hundred ether on a chain of tests. */
export const accountOf = (n: number) => privateKeyToAccount(`0x${String(n).padStart(64, '7')}`);

export async function fund(rpc: string, ...accounts: readonly { address: string }[]): Promise<void> {
  for (const { address } of accounts) await askAnvil(rpc, 'anvil_setBalance', address, '0x56bc75e2d63100000');
}

export interface Scene {
  readonly anvil: Anvil;
  readonly port: number;
  readonly dir: string;
  /** As the one who deployed. */
  readonly chain: Chain;
  readonly deployment: Deployment;
}

/** Runs `body` on a chain of its own; nothing of it remains. */
export async function onAnvil(
  origins: readonly string[],
  body: (scene: Scene) => Promise<void>,
  flags: (dir: string) => readonly string[] = () => [],
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'packloop-chain-'));
  const port = await freePort();
  const anvil = await startAnvil(port, flags(dir));
  try {
    const sender = accountOf(1);
    await fund(anvil.rpc, sender);
    const chain = openChain({ rpc: anvil.rpc, sender });
    await body({ anvil, port, dir, chain, deployment: await deploy(chain, origins) });
  } finally {
    await anvil.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Anchors and waits for the block with it: anvil answers before it has made one. @throws ChainTrouble as `sendAnchor`, or timeout */
export async function anchorAndWait(contract: AnchorContract, tree: Anchorable): Promise<TransactionReceipt> {
  const { hash } = await sendAnchor(contract, tree);
  return contract.chain.client.waitForTransactionReceipt({ hash, timeout: 60_000, pollingInterval: 50 });
}
