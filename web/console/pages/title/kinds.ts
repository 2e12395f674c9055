// Everything that owners can do, a row each: what the form asks, and the act that comes of it. A kind more is a row more. Pure.
import type { titleApi } from '#pack/api';
import type { Ask } from '../../../shared/client.ts';
import {
  type Field,
  fenOf,
  instantOf,
  millionthsOf,
  partsOf,
  type Typed,
  typedRestrictions,
  wholeOf,
} from './typed.ts';
import type { Title } from './words.ts';

export type Act = NonNullable<Ask<typeof titleApi.draftTitle>['body']>['act'];
type Restrictions = Extract<Act, { type: 'title.restrict' }>['restrictions'];
type Proposal = NonNullable<Extract<Act, { type: 'title.question' }>['proposal']>;

export const kinds = [
  'transfer',
  'pledge',
  'release',
  'lease',
  'question',
  'ballot',
  'restrict',
  'offer',
  'take',
  'enact',
] as const;
export type Kind = (typeof kinds)[number];

/** `wrong`: a field that cannot be read; nothing is asked of the network before all can. */
export type Made = { readonly act: Act } | { readonly wrong: Field };

interface Row {
  readonly fields: (typed: Typed) => readonly Field[];
  readonly act: (read: Read) => Act;
  /** What the form begins with. */
  readonly first?: (title: Title, nowMs: number) => Typed;
}

class Wrong extends Error {
  readonly field: Field;
  constructor(field: Field) {
    super(field);
    this.field = field;
  }
}

const DAY_MS = 86_400_000;
const restricting = ['preemptionDays', 'least', 'buyers', 'buyerKinds', 'lockedUntil'] as const;
const proposing: Readonly<Record<string, readonly Field[]>> = {
  restrict: restricting,
  lease: ['lessee'],
  sale: ['from', 'to', 'share', 'price'],
};

const rows: Readonly<Record<Kind, Row>> = {
  transfer: {
    fields: () => ['from', 'to', 'share', 'underOffer'],
    act: (it) => ({ type: 'title.transfer', ...it.sale(), ...it.maybe('underOffer', 'offer') }),
  },
  pledge: {
    fields: () => ['owner', 'holder', 'share', 'purpose', 'lienName'],
    act: (it) => ({
      ...{ type: 'title.pledge', lien: it.text('lienName'), purpose: it.text('purpose', 3) },
      ...{ owner: it.party('owner'), holder: it.party('holder'), millionths: it.share() },
    }),
    first: ({ acts }) => ({ lienName: `lien-${acts + 1}` }),
  },
  release: { fields: () => ['lien'], act: (it) => ({ type: 'title.release', lien: it.text('lien') }) },
  lease: { fields: () => ['lessee'], act: (it) => ({ type: 'title.lease', lessee: it.lessee() }) },
  question: {
    fields: ({ proposal = '' }) => ['by', 'question', 'closes', 'proposal', ...(proposing[proposal] ?? []), 'voteName'],
    act: (it) => ({
      ...{ type: 'title.question', vote: it.text('voteName'), by: it.party('by'), question: it.text('question', 3) },
      ...{ closes: it.instant('closes'), ...it.proposal() },
    }),
    // Eight days: what takes something from an owner needs seven at least when it arrives.
    first: (title, nowMs) => ({
      ...typedRestrictions(title),
      ...{
        voteName: `vote-${title.acts + 1}`,
        closes: new Date(nowMs + 8 * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 16),
      },
    }),
  },
  ballot: {
    fields: () => ['vote', 'by', 'choice'],
    act: (it) => ({
      ...{ type: 'title.ballot', vote: it.text('vote'), by: it.party('by') },
      choice: it.text('choice') === 'yes' ? 'yes' : 'no',
    }),
  },
  restrict: {
    fields: () => restricting,
    act: (it) => ({ type: 'title.restrict', restrictions: it.restrictions() }),
    first: typedRestrictions,
  },
  offer: {
    fields: () => ['from', 'to', 'share', 'price', 'offerName'],
    act: (it) => ({ type: 'title.offer', offer: it.text('offerName'), ...it.sale(), fen: it.fen() }),
    first: ({ acts }) => ({ offerName: `offer-${acts + 1}` }),
  },
  take: {
    fields: () => ['offer', 'by', 'share'],
    act: (it) => ({ type: 'title.take', offer: it.text('offer'), by: it.party('by'), millionths: it.share() }),
  },
  enact: {
    fields: () => ['vote', 'by'],
    act: (it) => ({ type: 'title.enact', vote: it.text('vote'), by: it.party('by') }),
  },
};

/** What the form of a kind asks, and then for how many days the text may be delivered. */
export const fieldsOf = (kind: Kind, typed: Typed): readonly Field[] => [...rows[kind].fields(typed), 'days'];

export const firstTyped = (kind: Kind, title: Title, nowMs: number): Typed => ({
  ...{ days: '7' },
  ...rows[kind].first?.(title, nowMs),
});

/** Who may leave it empty. */
export const isOptional = (field: Field): boolean =>
  (['underOffer', 'lessee', 'proposal', ...restricting] as readonly Field[]).includes(field);

export function actOf(kind: Kind, typed: Typed): Made {
  try {
    if (daysOf(typed) === undefined) throw new Wrong('days');
    return { act: rows[kind].act(reading(typed)) };
  } catch (error) {
    if (error instanceof Wrong) return { wrong: error.field };
    throw error;
  }
}

export const daysOf = ({ days = '' }: Typed): number | undefined => wholeOf(days, { least: 1, most: 366 });

type Read = ReturnType<typeof reading>;

/** Each reads its field. @throws Wrong */
function reading(typed: Typed) {
  const raw = (field: Field): string => (typed[field] ?? '').trim();
  const must = <T>(field: Field, value: T | undefined): T => {
    if (value === undefined) throw new Wrong(field);
    return value;
  };
  const text = (field: Field, least = 1): string => must(field, raw(field).length >= least ? raw(field) : undefined);
  const party = (field: Field) => text(field) as never;
  const unlessEmpty = <T>(field: Field, read: (text: string) => T | undefined): T | null =>
    raw(field) === '' ? null : must(field, read(raw(field)));
  const share = () => must('share', millionthsOf(raw('share')));
  const fen = () => must('price', fenOf(raw('price'))) as never;
  const instant = (field: Field) => must(field, instantOf(raw(field)));
  const sale = () => ({ from: party('from'), to: party('to'), millionths: share() });
  const lessee = () => (raw('lessee') === '' ? null : party('lessee'));
  const restrictions = (): Restrictions => {
    const [parties, kinds] = [partsOf(raw('buyers')), partsOf(raw('buyerKinds'))];
    return {
      preemptionDays: unlessEmpty('preemptionDays', (it) => wholeOf(it, { least: 1, most: 90 })),
      leastMillionths: unlessEmpty('least', millionthsOf),
      buyers: parties.length + kinds.length > 0 ? { parties: parties as never[], kinds: kinds as never[] } : null,
      lockedUntil: unlessEmpty('lockedUntil', instantOf),
    };
  };
  const proposed = (): Proposal | undefined => {
    const kind = raw('proposal');
    if (kind === 'restrict') return { kind, restrictions: restrictions() };
    if (kind === 'lease') return { kind, lessee: lessee() };
    if (kind === 'sale') return { kind, ...sale(), fen: fen() };
    return undefined;
  };
  const proposal = () => {
    const it = proposed();
    return it ? { proposal: it } : {};
  };
  const maybe = <K extends string>(field: Field, as: K): { [key in K]?: string } =>
    raw(field) === '' ? {} : ({ [as]: raw(field) } as { [key in K]?: string });
  return { text, party, share, fen, instant, sale, lessee, restrictions, proposal, maybe };
}
