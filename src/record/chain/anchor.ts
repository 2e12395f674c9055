// The contract `Anchor` as the notary sees it.
import { type Address, bytesToHex, encodeFunctionData, type Hex, hexToBytes, keccak256, toBytes } from 'viem';
import { type Bytes, same } from '#record/verify';
import { anchorAbi } from './abi.ts';
import { type Chain, type Sent, send, senderOf } from './chain.ts';
import { onChain } from './problem.ts';

/** A checkpoint, as far as a chain is told of it. */
export interface Anchorable {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

/** A tree that stands on the chain. */
export interface Anchored {
  readonly size: number;
  readonly root: Bytes;
  readonly blockNumber: bigint;
}

export interface AnchorContract {
  readonly chain: Chain;
  readonly address: Address;
}

/** By what the contract names a log. */
export const logId = (origin: string): Hex => keccak256(toBytes(origin));

/** The newest tree of a log. @returns undefined when none was ever anchored @throws ChainTrouble */
export const latestAnchored = ({ chain, address }: AnchorContract, origin: string): Promise<Anchored | undefined> =>
  onChain(async () => {
    const tree = await chain.client.readContract({
      address,
      abi: anchorAbi,
      functionName: 'latest',
      args: [logId(origin)],
    });
    if (tree.size === 0n) return undefined;
    return { size: Number(tree.size), root: bytesOf(tree.root), blockNumber: tree.blockNumber };
  });

const bytesOf = (hex: Hex): Bytes => new Uint8Array(hexToBytes(hex));

/** Sends the anchor; what the contract would refuse is not sent. @throws ChainTrouble */
export const sendAnchor = (contract: AnchorContract, it: Anchorable, replaces?: Sent): Promise<Sent> =>
  onChain(async () => {
    const { chain, address: to } = contract;
    const args = [logId(it.origin), BigInt(it.size), bytesToHex(it.root)] as const;
    const call = { abi: anchorAbi, functionName: 'anchor', args } as const;
    await chain.client.simulateContract({ ...call, address: to, account: senderOf(chain).address });
    return await send(chain, { to, data: encodeFunctionData(call) }, replaces);
  });

/** A tree as one block told of it. */
export interface Found extends Anchored {
  readonly blockHash: Hex;
  readonly transaction: Hex;
}

/** Nodes refuse to search too many blocks at once. */
const BLOCKS_AT_ONCE = 10_000n;

/**
 * The anchors of a log between two sizes, oldest first.
 * @param fromBlock where the contract was made: before it there is nothing
 * @throws ChainTrouble
 */
export const anchorsOf = (
  { chain: { client }, address }: AnchorContract,
  origin: string,
  { fromBlock = 0n, toBlock = undefined as bigint | undefined, size = undefined as number | undefined } = {},
): Promise<Found[]> =>
  onChain(async () => {
    const found: Found[] = [];
    const last = toBlock ?? (await client.getBlockNumber());
    for (let from = fromBlock; from <= last; from += BLOCKS_AT_ONCE) {
      const to = from + BLOCKS_AT_ONCE - 1n;
      const logs = await client.getContractEvents({
        address,
        abi: anchorAbi,
        eventName: 'Anchored',
        args: { log: logId(origin), ...(size !== undefined && { size: BigInt(size) }) },
        fromBlock: from,
        toBlock: to < last ? to : last,
        strict: true,
      });
      for (const { args, blockNumber, blockHash, transactionHash: transaction } of logs)
        found.push({ size: Number(args.size), root: bytesOf(args.root), blockNumber, blockHash, transaction });
    }
    return found;
  });

export const isSameTree = (a: Pick<Anchored, 'size' | 'root'>, b: Pick<Anchored, 'size' | 'root'>): boolean =>
  a.size === b.size && same(a.root, b.root);
