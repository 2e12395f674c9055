// A chain behind an address: what is asked of it, and transactions signed here. One key sends one transaction at a time.
import { type Address, createPublicClient, type Hex, http, type PublicClient, type TransactionReceipt } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { ChainTrouble, onChain } from './problem.ts';

export interface Chain {
  readonly client: PublicClient;
  readonly sender: PrivateKeyAccount | undefined;
  /** The only chain that a transaction is signed for; that of whoever answers when absent. */
  readonly chainId?: number | undefined;
}

interface Where {
  /** JSON-RPC over HTTP. */
  readonly rpc: string;
  /** Absent when the chain is only read. */
  readonly sender?: PrivateKeyAccount | undefined;
  readonly chainId?: number;
  /** For each request. */
  readonly timeoutMs?: number;
}

/** Asks nothing yet. Nothing is tried twice in secret: whoever asks decides when to ask again. */
export const openChain = ({ rpc, sender, chainId, timeoutMs = 10_000 }: Where): Chain => ({
  client: createPublicClient({ transport: http(rpc, { timeout: timeoutMs, retryCount: 0 }), cacheTime: 0 }),
  sender,
  chainId,
});

export interface Call {
  /** Absent for a new contract. */
  readonly to?: Address;
  readonly data: Hex;
}

/** A transaction on its way. */
export interface Sent {
  readonly hash: Hex;
  readonly nonce: number;
  /** In wei for each unit of gas: what a transaction must offer more of to take this one's place. */
  readonly price: bigint;
}

/**
 * Signs and sends. The place in the row is always that behind what the chain has *mined*: so a transaction that hangs is replaced by
 * the next one, and there is never more than one of this key on its way.
 * @param replaces the one that hangs, if any: the new one offers an eighth more
 * @throws ChainTrouble
 */
export const send = (chain: Chain, call: Call, replaces?: Sent): Promise<Sent> =>
  onChain(async () => {
    const { client } = chain;
    const account = senderOf(chain);
    const { address } = account;
    const [nonce, pending, chainId, block] = await Promise.all([
      client.getTransactionCount({ address, blockTag: 'latest' }),
      client.getTransactionCount({ address, blockTag: 'pending' }),
      client.getChainId(),
      client.getBlock({ includeTransactions: false }),
    ]);
    if (chain.chainId !== undefined && chain.chainId !== chainId)
      throw new ChainTrouble('no-contract', `The contracts are on chain ${chain.chainId}, this is chain ${chainId}`);
    const estimate = await client.estimateGas({ account: address, ...call });
    const gas = (estimate * 12n) / 10n;
    const isKnown = replaces?.nonce === nonce;
    const isTaken = isKnown || pending > nonce;
    const floor = isKnown ? (replaces.price * 9n) / 8n + 1n : 0n;
    const most = (a: bigint, b: bigint) => (a > b ? a : b);
    const common = { ...call, nonce, chainId, gas };
    // One that an earlier process of ours left hanging: nobody remembers its price, twice the usual one takes its place.
    const unknown = isTaken && !isKnown ? 2n : 1n;
    const base = block.baseFeePerGas;
    let price: bigint;
    let raw: Hex;
    if (base === null || base === undefined) {
      // Besu without London, FISCO BCOS, ChainMaker: one price, often none.
      price = most(await client.getGasPrice(), floor) * unknown;
      raw = await account.signTransaction({ ...common, type: 'legacy', gasPrice: price });
    } else {
      const tip = await client.estimateMaxPriorityFeePerGas().catch(() => 1_000_000_000n);
      price = most(2n * base + tip, floor) * unknown;
      // A replacement must offer more of both.
      const maxPriorityFeePerGas = isTaken ? price : tip;
      raw = await account.signTransaction({ ...common, type: 'eip1559', maxFeePerGas: price, maxPriorityFeePerGas });
    }
    const hash = await client.sendRawTransaction({ serializedTransaction: raw });
    return { hash, nonce, price };
  });

/** Sends and waits until it stands in a block. @throws ChainTrouble, `too-slow` after `patienceMs` */
export async function sendAndWait(chain: Chain, call: Call, patienceMs = 120_000): Promise<TransactionReceipt> {
  const { hash } = await send(chain, call);
  const receipt = await chain.client
    .waitForTransactionReceipt({ hash, timeout: patienceMs, pollingInterval: 100, retryCount: 3 })
    .catch((error) => onChain(() => Promise.reject(error)));
  if (receipt.status !== 'success') throw new ChainTrouble('reverted', `The transaction ${hash} was refused`);
  return receipt;
}

/** `waiting`: the chain knows it. `mined`: its place is taken, by it or another one. `lost`: the chain has forgotten it. */
export const fate = (chain: Chain, { hash, nonce }: Sent): Promise<'waiting' | 'mined' | 'lost'> =>
  onChain(async () => {
    const { address } = senderOf(chain);
    const mined = await chain.client.getTransactionCount({ address, blockTag: 'latest' });
    if (mined > nonce) return 'mined';
    const known = await chain.client.request({ method: 'eth_getTransactionByHash', params: [hash] });
    return known === null ? 'lost' : 'waiting';
  });

export function senderOf({ sender }: Chain): PrivateKeyAccount {
  if (sender === undefined) throw new ChainTrouble('wrong-key', 'Without a key nothing can be sent');
  return sender;
}
