// A chain read as of one block: what stands there of a log and of title, and everything it ever told of both.
import { type Address, getAddress } from 'viem';
import { anchorAbi, packSharesAbi } from './abi.ts';
import { anchorsOf, type Found, isSameTree, logId } from './anchor.ts';
import type { Chain } from './chain.ts';
import { type Deployment, onRightChain } from './deploy.ts';
import type { Sight } from './judge.ts';
import { ChainTrouble, onChain, type Trouble } from './problem.ts';
import { replay, type Told } from './replay.ts';
import { standings } from './shares.ts';

export type Look =
  /** Nobody can tell what stands there: which is no finding about it. */
  | { readonly state: 'unreachable'; readonly reason: Trouble | 'not-yet'; readonly sentence: string }
  /** It answers, and is not the chain that the contracts were put on, or no longer. */
  | { readonly state: 'other'; readonly sentence: string }
  | (Sight & {
      readonly state: 'seen';
      readonly chainId: number;
      readonly block: number;
      readonly anchors: readonly Found[];
      /** The newest tree that the contract shows is the last that it told of. */
      readonly anchorsLead: boolean;
    });

/** Logs of so many blocks at once: each may hold the shares of twenty packs. */
const BLOCKS_AT_ONCE = 2_000n;

/** Reads everything; needs no key. Never throws for what a chain does. @param origin of the log */
export async function lookAt(chain: Chain, deployment: Deployment, origin: string): Promise<Look> {
  try {
    return await seen(chain, deployment, origin);
  } catch (error) {
    if (!(error instanceof ChainTrouble)) throw error;
    const { reason, message: sentence } = error;
    return reason === 'no-contract' ? { state: 'other', sentence } : { state: 'unreachable', reason, sentence };
  }
}

async function seen(chain: Chain, deployment: Deployment, origin: string): Promise<Look> {
  await onRightChain(chain, deployment);
  const { chainId, anchor, packShares, block: fromBlock } = deployment;
  const blockNumber = await onChain(() => chain.client.getBlockNumber());
  if (blockNumber < BigInt(fromBlock))
    throw new ChainTrouble(
      'no-contract',
      `The chain has ${blockNumber} blocks, the contracts were made in ${fromBlock}`,
    );
  const span = { fromBlock: BigInt(fromBlock), blockNumber };
  const latest = await onChain(() =>
    chain.client.readContract({
      address: anchor,
      abi: anchorAbi,
      functionName: 'latest',
      args: [logId(origin)],
      blockNumber,
    }),
  );
  const anchors = await anchorsOf({ chain, address: anchor }, origin, {
    fromBlock: span.fromBlock,
    toBlock: blockNumber,
  });
  const last = anchors.at(-1);
  const shown = { size: Number(latest.size), root: Uint8Array.fromHex(latest.root.slice(2)) };
  return {
    state: 'seen',
    chainId,
    block: Number(blockNumber),
    anchors,
    anchorsLead: last === undefined ? shown.size === 0 : isSameTree(last, shown),
    standings: await standings({ chain, address: packShares }, blockNumber),
    replay: replay(await toldBy(chain, packShares, span)),
  };
}

const toldBy = (
  { client }: Chain,
  address: Address,
  { fromBlock, blockNumber }: { fromBlock: bigint; blockNumber: bigint },
): Promise<Told[]> =>
  onChain(async () => {
    const told: Told[] = [];
    for (let from = fromBlock; from <= blockNumber; from += BLOCKS_AT_ONCE) {
      const to = from + BLOCKS_AT_ONCE - 1n;
      const toBlock = to < blockNumber ? to : blockNumber;
      const logs = await client.getContractEvents({
        address,
        abi: packSharesAbi,
        fromBlock: from,
        toBlock,
        strict: true,
      });
      for (const { address: by, eventName, args } of logs)
        if (getAddress(by) === getAddress(address)) told.push({ name: eventName, ...args } as Told);
    }
    return told;
  });
