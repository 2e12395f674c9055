// The contract `PackShares` brought into step with the register. Done twice, or by two at once, it comes to the same.
import { type Address, encodeFunctionData, getAddress, keccak256, toBytes } from 'viem';
import { packSharesAbi } from './abi.ts';
import { type Chain, sendAndWait, senderOf } from './chain.ts';
import { ChainTrouble, onChain } from './problem.ts';
import {
  type AddressOf,
  type Difference,
  differences,
  type Register,
  type Standing,
  type Step,
  stepsTo,
} from './register.ts';

export interface SharesContract {
  readonly chain: Chain;
  readonly address: Address;
}

/** Of each kind of change so many packs in one transaction, far below what any block takes. */
const AT_ONCE = { enter: 20, settle: 40, retire: 1 } as const;
const READ_AT_ONCE = 100n;

export interface Brought {
  readonly entered: number;
  readonly settled: number;
  readonly retired: number;
  /** What the contract refused: a pack or a holder is frozen, or somebody else was quicker. */
  readonly held: readonly { readonly pack: string; readonly because: string }[];
  readonly gas: bigint;
  /** What differs still. */
  readonly differences: readonly Difference[];
}

/** Every pack that ever stood on the chain. @param blockNumber as of which; now when absent @throws ChainTrouble */
export const standings = ({ chain: { client }, address }: SharesContract, blockNumber?: bigint): Promise<Standing[]> =>
  onChain(async () => {
    const contract = { address, abi: packSharesAbi, ...(blockNumber !== undefined && { blockNumber }) } as const;
    const all: Standing[] = [];
    const many = await client.readContract({ ...contract, functionName: 'packCount' });
    for (let from = 0n; from < many; from += READ_AT_ONCE) {
      const ids = await client.readContract({ ...contract, functionName: 'packs', args: [from, READ_AT_ONCE] });
      const read = await client.readContract({ ...contract, functionName: 'standing', args: [ids] });
      for (const { code, step, shares } of read)
        all.push({ code, step, shares: new Map(shares.map((it) => [getAddress(it.holder), Number(it.millionths)])) });
    }
    return all;
  });

/** Every difference between register and chain. @throws ChainTrouble */
export const compare = async (
  contract: SharesContract,
  register: Register,
  addressOf: AddressOf,
): Promise<Difference[]> => differences(register, await standings(contract), addressOf);

/** Brings the chain into step and looks whether it is. @throws ChainTrouble */
export async function bringIntoStep(
  contract: SharesContract,
  register: Register,
  addressOf: AddressOf,
): Promise<Brought> {
  const steps = stepsTo(register, await standings(contract), addressOf);
  const did = { enter: 0, settle: 0, retire: 0 };
  const held: { pack: string; because: string }[] = [];
  let gas = await allow(contract, steps);
  for (const kind of ['enter', 'settle', 'retire'] as const) {
    const ofKind = steps.filter((it) => it.do === kind);
    for (let from = 0; from < ofKind.length; from += AT_ONCE[kind]) {
      const some = ofKind.slice(from, from + AT_ONCE[kind]);
      // One that is frozen does not hold up the others.
      for (const batch of await possible(contract, some, held)) {
        gas += (await sendAndWait(contract.chain, { to: contract.address, data: dataOf(batch) })).gasUsed;
        did[kind] += batch.length;
      }
    }
  }
  const left = await compare(contract, register, addressOf);
  return { entered: did.enter, settled: did.settle, retired: did.retire, held, gas, differences: left };
}

/** The addresses that shares go to must be on the list first. */
async function allow({ chain, address }: SharesContract, steps: readonly Step[]): Promise<bigint> {
  const to = new Set(
    steps.flatMap((it) =>
      it.do === 'enter' ? [...it.shares.keys()] : it.do === 'settle' ? it.moves.map((m) => m.to) : [],
    ),
  );
  const missing: Address[] = [];
  for (const holder of to) {
    const call = { address, abi: packSharesAbi, functionName: 'isAllowed', args: [holder] } as const;
    if (!(await onChain(() => chain.client.readContract(call)))) missing.push(holder);
  }
  let gas = 0n;
  for (let from = 0; from < missing.length; from += 100) {
    const args = [missing.slice(from, from + 100), true] as const;
    const data = encodeFunctionData({ abi: packSharesAbi, functionName: 'setAllowed', args });
    gas += (await sendAndWait(chain, { to: address, data })).gasUsed;
  }
  return gas;
}

/** All at once if the contract takes them so; else each that it takes alone. */
async function possible(
  contract: SharesContract,
  steps: readonly Step[],
  held: { pack: string; because: string }[],
): Promise<Step[][]> {
  if ((await refusal(contract, steps)) === undefined) return [[...steps]];
  const good: Step[] = [];
  for (const it of steps) {
    const because = await refusal(contract, [it]);
    if (because === undefined) good.push(it);
    else held.push({ pack: it.code, because });
  }
  return good.length === 0 ? [] : [good];
}

async function refusal({ chain, address }: SharesContract, steps: readonly Step[]): Promise<string | undefined> {
  const call = callOf(steps);
  try {
    const account = senderOf(chain).address;
    await onChain(() =>
      chain.client.simulateContract({ address, abi: packSharesAbi, account, ...(call as SettleCall) }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof ChainTrouble && error.reason === 'reverted') return error.message;
    throw error;
  }
}

/** Of the three calls the types of viem follow one at a time. */
type SettleCall = Extract<ReturnType<typeof callOf>, { functionName: 'settle' }>;

const dataOf = (steps: readonly Step[]) => encodeFunctionData({ abi: packSharesAbi, ...(callOf(steps) as SettleCall) });

const RETIRED = 'nobody owns it any more by the register';

/** Steps of one kind; a retirement goes alone. */
function callOf(steps: readonly Step[]) {
  const [first] = steps;
  if (first?.do === 'retire') return { functionName: 'retire', args: [idOf(first.code), first.step, RETIRED] } as const;
  if (first?.do === 'enter') {
    const entries = steps.flatMap((it) =>
      it.do === 'enter' ? [{ code: it.code, step: it.step, shares: [...it.shares].map(shareOf) }] : [],
    );
    return { functionName: 'enter', args: [entries] } as const;
  }
  const settlements = steps.flatMap((it) =>
    it.do === 'settle'
      ? [{ id: idOf(it.code), step: it.step, moves: it.moves.map((m) => ({ ...m, millionths: BigInt(m.millionths) })) }]
      : [],
  );
  return { functionName: 'settle', args: [settlements] } as const;
}

const shareOf = ([holder, millionths]: readonly [Address, number]) => ({ holder, millionths: BigInt(millionths) });

/** As the contract's `idOf`. */
export const idOf = (code: string): bigint => BigInt(keccak256(toBytes(code)));
