// The register of title beside what the chain shows of it: where they differ, and what brings the chain into step. Pure.
import type { Address } from 'viem';

/** All of a pack, in millionths. */
export const WHOLE = 1_000_000;

export interface Share {
  /** A party's id. */
  readonly holder: string;
  readonly millionths: number;
}

/** By pack code who owns which share. A pack without shares, or left out, is owned by nobody any more. */
export type Register = ReadonlyMap<string, readonly Share[]>;

/** As which address a holder appears on the chain. */
export type AddressOf = (holder: string) => Address;

/** A pack on the chain. */
export interface Standing {
  readonly code: string;
  /** How often it changed: the next change must name it. */
  readonly step: bigint;
  readonly shares: ReadonlyMap<Address, number>;
}

export interface Move {
  readonly from: Address;
  readonly to: Address;
  readonly millionths: number;
}

export type Step =
  | {
      readonly do: 'enter';
      readonly code: string;
      readonly step: bigint;
      readonly shares: ReadonlyMap<Address, number>;
    }
  | { readonly do: 'settle'; readonly code: string; readonly step: bigint; readonly moves: readonly Move[] }
  | { readonly do: 'retire'; readonly code: string; readonly step: bigint };

/** One share that is not the same in both. */
export interface Difference {
  readonly pack: string;
  /** Whose it is by the register; absent for an address that nobody there has. */
  readonly holder?: string;
  readonly address: Address;
  readonly register: number;
  readonly chain: number;
}

/** Every share in which the chain differs from the register, by pack. Empty when they say the same. */
export function differences(register: Register, chain: readonly Standing[], addressOf: AddressOf): Difference[] {
  const standings = new Map(chain.map((it) => [it.code, it]));
  const found: Difference[] = [];
  for (const pack of new Set([...register.keys(), ...standings.keys()])) {
    const shares = register.get(pack) ?? [];
    const [right, there] = [wanted(shares, addressOf), standings.get(pack)?.shares ?? new Map<Address, number>()];
    const holders = new Map(shares.map((it) => [addressOf(it.holder), it.holder]));
    for (const address of new Set([...right.keys(), ...there.keys()])) {
      const difference = { address, register: right.get(address) ?? 0, chain: there.get(address) ?? 0 };
      const holder = holders.get(address);
      if (difference.register !== difference.chain)
        found.push({ pack, ...(holder !== undefined && { holder }), ...difference });
    }
  }
  return found;
}

/** What brings the chain into step with the register: nothing when it is. */
export function stepsTo(register: Register, chain: readonly Standing[], addressOf: AddressOf): Step[] {
  const standings = new Map(chain.map((it) => [it.code, it]));
  return [...new Set([...register.keys(), ...standings.keys()])].flatMap((code): Step[] => {
    const { step, shares: there } = standings.get(code) ?? { step: 0n, shares: new Map<Address, number>() };
    const right = wanted(register.get(code) ?? [], addressOf);
    if (right.size === 0) return there.size === 0 ? [] : [{ do: 'retire', code, step }];
    if (there.size === 0) return [{ do: 'enter', code, step, shares: right }];
    const moves = movesBetween(there, right);
    return moves.length === 0 ? [] : [{ do: 'settle', code, step, moves }];
  });
}

/** Two holders may have one address, such as a trustee's: their shares are one there. */
function wanted(shares: readonly Share[], addressOf: AddressOf): Map<Address, number> {
  const right = new Map<Address, number>();
  for (const { holder, millionths } of shares)
    if (millionths > 0) right.set(addressOf(holder), (right.get(addressOf(holder)) ?? 0) + millionths);
  return right;
}

/** From those who have too much to those who have too little; one move fewer than there are holders at most. Both have the same sum. */
export function movesBetween(have: ReadonlyMap<Address, number>, want: ReadonlyMap<Address, number>): Move[] {
  const off = [...new Set([...have.keys(), ...want.keys()])]
    .map((address) => ({ address, by: (want.get(address) ?? 0) - (have.get(address) ?? 0) }))
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
  const givers = off.filter((it) => it.by < 0);
  const takers = off.filter((it) => it.by > 0);
  const moves: Move[] = [];
  for (const taker of takers) {
    while (taker.by > 0) {
      const giver = givers[0];
      if (giver === undefined) throw new Error('what is given and what is taken are not the same');
      const millionths = Math.min(taker.by, -giver.by);
      moves.push({ from: giver.address, to: taker.address, millionths });
      taker.by -= millionths;
      giver.by += millionths;
      if (giver.by === 0) givers.shift();
    }
  }
  return moves;
}
