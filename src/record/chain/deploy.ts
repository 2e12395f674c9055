// Both contracts onto a chain, and the log's first member. What came of it fits into a small file.
import {
  type Abi,
  type Address,
  BlockNotFoundError,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hex,
  isAddress,
} from 'viem';
import { anchorAbi } from './abi.ts';
import { type Chain, sendAndWait, senderOf } from './chain.ts';
import { compile } from './compile.ts';
import { ChainTrouble, onChain } from './problem.ts';

/** Where the contracts are. Nothing in it is secret, nothing of it says how the chain is reached. */
export interface Deployment {
  readonly v: 1;
  readonly chainId: number;
  readonly anchor: Address;
  readonly packShares: Address;
  /** Owner, registrar and first member: whose key made them. */
  readonly registrar: Address;
  /** Before it there is nothing to look for. */
  readonly block: number;
  /**
   * Of that block. A chain that was begun anew may have the same contracts at the same addresses, since these follow from the key and its
   * count; never the same block. Absent in files of before.
   */
  readonly blockHash?: Hex;
  readonly gas: { readonly anchor: number; readonly packShares: number };
}

/** Compiles and deploys, one after the other, and lets the sender anchor the logs of these origins. @throws ChainTrouble */
export async function deploy(chain: Chain, origins: readonly string[]): Promise<Deployment> {
  const { address: registrar } = senderOf(chain);
  const chainId = await onChain(() => chain.client.getChainId());
  const made = async (name: Parameters<typeof compile>[0], args: readonly Address[]) => {
    const { abi, bytecode } = await compile(name);
    const receipt = await sendAndWait(chain, {
      data: encodeDeployData({ abi: abi as Abi, bytecode, args: [...args] }),
    });
    if (!receipt.contractAddress) throw new ChainTrouble('refused', `${name} got no address`);
    return { address: getAddress(receipt.contractAddress), gas: Number(receipt.gasUsed), receipt };
  };
  const anchor = await made('Anchor', [registrar]);
  const packShares = await made('PackShares', [registrar, registrar]);
  for (const origin of origins) await setMember(chain, anchor.address, origin, registrar, true);
  return {
    v: 1,
    chainId,
    anchor: anchor.address,
    packShares: packShares.address,
    registrar,
    block: Number(anchor.receipt.blockNumber),
    blockHash: anchor.receipt.blockHash,
    gas: { anchor: anchor.gas, packShares: packShares.gas },
  };
}

/** Lets somebody anchor a log, or no longer. By the owner of the contract. @throws ChainTrouble */
export async function setMember(
  chain: Chain,
  to: Address,
  origin: string,
  member: Address,
  may: boolean,
): Promise<void> {
  const data = encodeFunctionData({ abi: anchorAbi, functionName: 'setMember', args: [origin, member, may] });
  await sendAndWait(chain, { to, data });
}

/** From the text of a deployment file. @throws ChainTrouble `wrong-file` */
export function readDeployment(text: string, file = 'the file'): Deployment {
  let it: Partial<Deployment>;
  try {
    it = JSON.parse(text) as Partial<Deployment>;
  } catch {
    throw new ChainTrouble('wrong-file', `${file} is no deployment: it is not JSON`);
  }
  const isRight =
    it?.v === 1 &&
    [it.anchor, it.packShares, it.registrar].every((at) => isAddress(String(at))) &&
    Number.isInteger(it.block);
  if (!isRight) throw new ChainTrouble('wrong-file', `${file} is no deployment: packloop chain deploy writes one`);
  return it as Deployment;
}

/** That the file is of this chain. @throws ChainTrouble `no-contract` */
export async function onRightChain(chain: Chain, { chainId, anchor, block, blockHash }: Deployment): Promise<void> {
  const [found, code, hash] = await onChain(() =>
    Promise.all([
      chain.client.getChainId(),
      chain.client.getCode({ address: anchor }),
      blockHash === undefined ? undefined : hashOf(chain, block),
    ]),
  );
  if (found !== chainId)
    throw new ChainTrouble('no-contract', `The contracts are on chain ${chainId}, this is chain ${found}`);
  if (code === undefined)
    throw new ChainTrouble(
      'no-contract',
      'There is no such contract on this chain: it was begun anew, or is another one',
    );
  if (hash !== blockHash)
    throw new ChainTrouble(
      'no-contract',
      `Block ${block}, in which the contracts were made, is another one here: the chain was begun anew, or is another one`,
    );
}

const hashOf = async ({ client }: Chain, block: number): Promise<Hex | undefined> => {
  try {
    return (await client.getBlock({ blockNumber: BigInt(block) })).hash;
  } catch (error) {
    if (error instanceof BlockNotFoundError) return undefined;
    throw error;
  }
};
