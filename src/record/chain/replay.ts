// What the contract `PackShares` told of itself, event by event, put together again: of each pack every state it ever had. Pure.
import { type Address, getAddress, type Hex, zeroAddress } from 'viem';

/** An event of the contract, as viem decodes it; ids as they are there. */
export type Told =
  | {
      readonly name: 'TransferSingle';
      readonly id: bigint;
      readonly from: Hex;
      readonly to: Hex;
      readonly value: bigint;
    }
  | { readonly name: 'Entered'; readonly id: bigint; readonly step: bigint; readonly code: string }
  | { readonly name: 'Settled' | 'Forced' | 'Retired'; readonly id: bigint; readonly step: bigint }
  | { readonly name: 'PackFrozen'; readonly id: bigint; readonly frozen: boolean; readonly reason: string }
  | { readonly name: 'HolderFrozen'; readonly holder: Hex; readonly frozen: boolean; readonly reason: string }
  | { readonly name: 'Allowed'; readonly holder: Hex; readonly may: boolean };

export type Shares = ReadonlyMap<Address, number>;

/** A pack as its events tell of it. */
export interface Replayed {
  readonly code: string;
  readonly step: bigint;
  /** After each change, oldest first. */
  readonly states: readonly Shares[];
  /** Why, while it is frozen. */
  readonly frozen: string | undefined;
  /** An event between was not told: the steps do not follow each other. */
  readonly hasGap: boolean;
}

export interface Replay {
  readonly packs: readonly Replayed[];
  readonly allowed: ReadonlySet<Address>;
  /** Holders that are frozen, and why. */
  readonly frozen: ReadonlyMap<Address, string>;
}

interface Growing {
  code: string;
  step: bigint;
  now: Map<Address, number>;
  states: Shares[];
  frozen: string | undefined;
  hasGap: boolean;
}

/** @param told in the order in which they stand on the chain */
export function replay(told: readonly Told[]): Replay {
  const packs = new Map<bigint, Growing>();
  const allowed = new Set<Address>();
  const frozen = new Map<Address, string>();
  const pack = (id: bigint): Growing => {
    const fresh = { code: '', step: 0n, now: new Map(), states: [], frozen: undefined, hasGap: false };
    const it = packs.get(id) ?? fresh;
    packs.set(id, it);
    return it;
  };
  for (const it of told) {
    if (it.name === 'Allowed') it.may ? allowed.add(getAddress(it.holder)) : allowed.delete(getAddress(it.holder));
    else if (it.name === 'HolderFrozen')
      it.frozen ? frozen.set(getAddress(it.holder), it.reason) : frozen.delete(getAddress(it.holder));
    else if (it.name === 'PackFrozen') pack(it.id).frozen = it.frozen ? it.reason : undefined;
    else if (it.name === 'TransferSingle') move(pack(it.id).now, it);
    else {
      const of = pack(it.id);
      if (it.step !== of.step + 1n) of.hasGap = true;
      of.step = it.step;
      if (it.name === 'Entered') of.code = it.code;
      of.states.push(new Map(of.now));
    }
  }
  // A freeze of an id that no pack has says nothing of any pack.
  return { packs: [...packs.values()].filter((it) => it.step > 0n || it.now.size > 0), allowed, frozen };
}

function move(shares: Map<Address, number>, { from, to, value }: Extract<Told, { name: 'TransferSingle' }>): void {
  const add = (holder: Hex, millionths: number) => {
    if (holder === zeroAddress) return;
    const at = getAddress(holder);
    const now = (shares.get(at) ?? 0) + millionths;
    if (now === 0) shares.delete(at);
    else shares.set(at, now);
  };
  add(from, -Number(value));
  add(to, Number(value));
}
