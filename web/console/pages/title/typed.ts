// What somebody types into a form of title, as the network wants it: exact, or not at all. Pure.
import type { Title } from './words.ts';

export type Field =
  | 'from'
  | 'to'
  | 'owner'
  | 'holder'
  | 'by'
  | 'share'
  | 'price'
  | 'lien'
  | 'vote'
  | 'offer'
  | 'underOffer'
  | 'lienName'
  | 'voteName'
  | 'offerName'
  | 'purpose'
  | 'lessee'
  | 'question'
  | 'closes'
  | 'proposal'
  | 'choice'
  | 'preemptionDays'
  | 'least'
  | 'buyers'
  | 'buyerKinds'
  | 'lockedUntil'
  | 'days';
export type Typed = Readonly<Partial<Record<Field, string>>>;

/** Percent of a pack as millionths, which four digits behind the point are. @returns undefined when it is no such share */
export function millionthsOf(text: string): number | undefined {
  const [, whole, parts = ''] = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const millionths = Number(whole) * 10_000 + Number(parts.padEnd(4, '0'));
  return millionths >= 1 && millionths <= 1_000_000 ? millionths : undefined;
}

/** The same in the other direction, to the last millionth. */
export const percentOf = (millionths: number): string => String(millionths / 10_000);

/** Yuan as whole fen. @returns undefined when it is no such amount */
export function fenOf(text: string): number | undefined {
  const [, yuan, parts = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return yuan === undefined ? undefined : Number(yuan) * 100 + Number(parts.padEnd(2, '0'));
}

/** A field for date and time shows the network's zone, UTC+8, as all pages do. @returns an instant in UTC */
export function instantOf(local: string): string | undefined {
  const ms = Date.parse(`${local}:00+08:00`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace('.000', '');
}

export const localOf = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);

export function wholeOf(text: string, { least, most }: { least: number; most: number }): number | undefined {
  const value = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

export const partsOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((it) => it.trim())
    .filter((it) => it !== '');

/** Restrictions are always said as a whole: a form begins with those in force. */
export function typedRestrictions({ restrictions: it }: Pick<Title, 'restrictions'>): Typed {
  return {
    preemptionDays: it.preemptionDays === null ? '' : String(it.preemptionDays),
    least: it.leastMillionths === null ? '' : percentOf(it.leastMillionths),
    buyers: it.buyers?.parties.join(', ') ?? '',
    buyerKinds: it.buyers?.kinds.join(',') ?? '',
    lockedUntil: it.lockedUntil === null ? '' : localOf(Date.parse(it.lockedUntil)),
  };
}
