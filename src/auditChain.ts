// Register = chain = replay, as part of every audit: what was read from the chain before the work began, held against the books as
// they are in it. So the books are never behind the chain, and what the chain has not got yet is pending rather than wrong.
import { type RawBuilder, sql } from 'kysely';
import type { Invariant, Work } from '#kernel';
import { titlePast } from '#pack';
import { strangeTrees } from '#record';
import type { AddressOf, Judgement, Look } from '#record/chain';

/** What an audit says of the chain beside what it finds. */
export type ChainAudit =
  /** No chain is configured: nothing was asked, and nothing passed. */
  | { readonly state: 'none' }
  | { readonly state: 'unreachable'; readonly reason: string; readonly sentence: string }
  | { readonly state: 'other'; readonly sentence: string }
  | {
      readonly state: 'seen';
      readonly chainId: number;
      /** As of this one. */
      readonly block: number;
      readonly anchors: number;
      readonly packs: number;
      /** Packs that show the register as of an earlier act; the first twenty. */
      readonly pending: Judgement['pending'];
      readonly pendingMany: number;
      /** Packs that showed once what the register never said and are right again; the first twenty. */
      readonly strayed: Judgement['strayed'];
      readonly strayedMany: number;
    };

/** What was seen, and as whom parties appear there. */
export interface Seen {
  readonly look: Look;
  readonly addressOf: AddressOf;
}

export interface ChainCheck {
  readonly chain: ChainAudit;
  readonly invariants: readonly Invariant[];
}

type Row = Readonly<Record<string, unknown>>;
interface Found {
  readonly same?: readonly Row[];
  readonly register?: readonly Row[];
  readonly replay?: readonly Row[];
  readonly anchors?: readonly Row[];
  readonly lists?: readonly Row[];
}

/** In the order in which they are checked. */
export const chainInvariants = (found: Found): readonly Invariant[] => [
  {
    id: 'chain.same',
    sentence: 'The chain that answers is the one the contracts were put on',
    violations: async () => rowsOf(found.same ?? []),
  },
  {
    id: 'chain.register',
    sentence: 'The chain shows of every pack the shares of the register, as of now or of an act it has yet to follow',
    violations: async () => rowsOf(found.register ?? []),
  },
  {
    id: 'chain.replay',
    sentence: 'The events of the chain, replayed, lead to what stands there',
    violations: async () => rowsOf(found.replay ?? []),
  },
  {
    id: 'chain.anchors',
    sentence: 'Every tree of the log that is anchored on the chain is one the log had',
    violations: async () => rowsOf(found.anchors ?? []),
  },
  {
    id: 'chain.lists',
    sentence:
      'On the chain nothing is frozen that the register knows nothing of, and its list has exactly those who owned a share',
    violations: async () => rowsOf(found.lists ?? []),
  },
];

const rowsOf = (rows: readonly Row[]): RawBuilder<Row> =>
  sql`select it->>'pack' as pack, it->>'holder' as holder, it->>'address' as address, it->>'register' as register,
    it->>'chain' as chain, it->>'size' as size, it->>'why' as why
    from json_array_elements(${JSON.stringify(rows)}::json) as it`;

/** @param seen absent where no chain is configured */
export async function checkChain(work: Work, seen: Seen | undefined): Promise<ChainCheck> {
  if (seen === undefined) return { chain: { state: 'none' }, invariants: [] };
  const { look, addressOf } = seen;
  // Of a chain that cannot be asked nothing is known: neither that it is right nor that it is wrong.
  if (look.state === 'unreachable') return { chain: look, invariants: [] };
  if (look.state === 'other')
    return { chain: look, invariants: chainInvariants({ same: [{ why: look.sentence }] }).slice(0, 1) };
  const { judge } = await import('#record/chain');
  const it = judge(await titlePast(work), look, addressOf);
  const strange = await strangeTrees(work, look.anchors);
  const blockOf = new Map(look.anchors.map((anchor) => [anchor.size, Number(anchor.blockNumber)]));
  const invariants = chainInvariants({
    register: it.differences.map((off) => ({ ...off })),
    replay: [
      ...it.unexplained.map((off) => ({ ...off })),
      ...(look.anchorsLead ? [] : [{ why: 'the newest anchor is not the last that its events tell of' }]),
    ],
    anchors: strange.map(({ size, why }) => ({ size, why: `${why}; anchored in block ${blockOf.get(size)}` })),
    lists: it.lists.map((off) => ({ ...off })),
  });
  const { chainId, block, anchors, standings } = look;
  return {
    chain: {
      ...{ state: 'seen', chainId, block, anchors: anchors.length, packs: standings.length },
      ...{ pending: it.pending.slice(0, 20), pendingMany: it.pending.length },
      ...{ strayed: it.strayed.slice(0, 20), strayedMany: it.strayed.length },
    },
    invariants,
  };
}
