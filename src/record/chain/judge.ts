// The register, the chain, and what the chain tells of its own past, held against each other. Pure.
import type { Address } from 'viem';
import { type AddressOf, type Difference, differences, type Register, type Share, type Standing } from './register.ts';
import type { Replay, Shares } from './replay.ts';

/** The shares of a pack after each moment in which they changed, oldest first. */
export interface Moment {
  /** When, by the network's clock. */
  readonly at: string;
  readonly shares: readonly Share[];
}
export type Histories = ReadonlyMap<string, readonly Moment[]>;

/** What stands there as of one block. */
export interface Sight {
  readonly standings: readonly Standing[];
  readonly replay: Replay;
}

/** A pack whose newest acts the chain does not show yet; what it shows is the register as of an earlier act. */
export interface Pending {
  readonly pack: string;
  /** So many moments behind. */
  readonly behind: number;
  /** When the first of them was. */
  readonly since: string;
}

export interface Judgement {
  /** Of packs that show what the register never said, or no longer: each share that differs from what is right now. */
  readonly differences: readonly Difference[];
  /** Who has waited longest comes first. */
  readonly pending: readonly Pending[];
  /** Packs that once showed what the register never said, and are right again: so many changes. */
  readonly strayed: readonly { readonly pack: string; readonly changes: number }[];
  /** Packs whose events do not lead to what stands there. */
  readonly unexplained: readonly { readonly pack: string; readonly why: string }[];
  /** Freezes that the register knows nothing of, strangers on the allow list, holders who are not on it. */
  readonly lists: readonly { readonly pack?: string; readonly address?: Address; readonly why: string }[];
}

/** @param histories of every pack that ever had an owner */
export function judge(histories: Histories, { standings, replay }: Sight, addressOf: AddressOf): Judgement {
  const pending: Pending[] = [];
  const strayed: { pack: string; changes: number }[] = [];
  const wrong = new Set<string>();
  const replayed = new Map(replay.packs.map((it) => [it.code, it]));
  const there = new Map(standings.map((it) => [it.code, it]));
  for (const pack of new Set([...histories.keys(), ...replayed.keys(), ...there.keys()])) {
    const moments = histories.get(pack) ?? [];
    // Before the first moment nobody owned it.
    const right = ['', ...moments.map((it) => spelt(sharesOf(it.shares, addressOf)))];
    const now = spelt(there.get(pack)?.shares ?? new Map());
    const told = (replayed.get(pack)?.states ?? []).map(spelt);
    const { at, strays } = followed(right, told.at(-1) === now ? told : [...told, now]);
    if (now === right.at(-1)) {
      if (strays > 0) strayed.push({ pack, changes: strays });
    } else if (at === undefined) wrong.add(pack);
    else pending.push({ pack, behind: right.length - 1 - at, since: moments[at]!.at });
  }
  const register: Register = new Map([...wrong].map((it) => [it, histories.get(it)?.at(-1)?.shares ?? []]));
  const off = differences(
    register,
    standings.filter((it) => wrong.has(it.code)),
    addressOf,
  );
  return {
    differences: off,
    pending: pending.toSorted((a, b) => Temporal.Instant.compare(a.since, b.since)),
    strayed,
    unexplained: unexplained(standings, replay),
    lists: lists(histories, { standings, replay }, addressOf),
  };
}

/**
 * Goes through what a chain showed beside what the register said. A mirror may skip states, since it only ever shows the newest; it
 * cannot show one that never was, nor go back to one it has left behind.
 * @returns where in the register the last state shown is, and how many were not there
 */
export function followed(
  register: readonly string[],
  shown: readonly string[],
): { readonly at: number | undefined; readonly strays: number } {
  let reached = 0;
  let at: number | undefined = 0;
  let strays = 0;
  for (const state of shown) {
    const found = register.indexOf(state, reached);
    if (found === -1) {
      strays += 1;
      at = undefined;
    } else {
      reached = found;
      at = found;
    }
  }
  return { at, strays };
}

const spelt = (shares: Shares): string =>
  [...shares]
    .filter(([, millionths]) => millionths !== 0)
    .map(([address, millionths]) => `${address}=${millionths}`)
    .toSorted()
    .join(' ');

function sharesOf(shares: readonly Share[], addressOf: AddressOf): Map<Address, number> {
  const by = new Map<Address, number>();
  for (const { holder, millionths } of shares) by.set(addressOf(holder), (by.get(addressOf(holder)) ?? 0) + millionths);
  return by;
}

function unexplained(standings: readonly Standing[], { packs }: Replay): Judgement['unexplained'] {
  const replayed = new Map(packs.map((it) => [it.code, it]));
  const found = standings.flatMap(({ code: pack, step, shares }) => {
    const it = replayed.get(pack);
    if (it === undefined) return [{ pack, why: 'no event tells of it' }];
    if (it.hasGap || it.step !== step)
      return [{ pack, why: `it changed ${step} times, its events tell of ${it.states.length}` }];
    return spelt(it.states.at(-1) ?? new Map()) === spelt(shares)
      ? []
      : [{ pack, why: 'its events lead to other shares' }];
  });
  const known = new Set(standings.map((it) => it.code));
  const missing = packs.filter((it) => !known.has(it.code));
  return [...found, ...missing.map((it) => ({ pack: it.code, why: 'events tell of it, and it is not there' }))];
}

function lists(
  histories: Histories,
  { standings, replay: { packs, allowed, frozen } }: Sight,
  addressOf: AddressOf,
): Judgement['lists'] {
  const owners = new Set(
    [...histories.values()].flatMap((it) => it.flatMap(({ shares }) => shares)).map((it) => it.holder),
  );
  const known = new Set([...owners].map(addressOf));
  const holding = new Set(standings.flatMap((it) => [...it.shares.keys()]));
  return [
    ...packs.flatMap((it) => (it.frozen === undefined ? [] : [{ pack: it.code, why: `frozen: ${it.frozen}` }])),
    ...[...frozen].map(([address, why]) => ({ address, why: `frozen: ${why}` })),
    ...[...allowed]
      .filter((it) => !known.has(it))
      .map((address) => ({ address, why: 'allowed, and never owned a share' })),
    ...[...holding]
      .filter((it) => !allowed.has(it))
      .map((address) => ({ address, why: 'owns shares, and is not allowed to' })),
  ];
}
