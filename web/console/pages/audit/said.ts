// An invariant in the reader's language. Pure.
import { chinese } from './chinese.ts';

export const rooms = [
  'ledger',
  'record',
  'party',
  'pack',
  'station',
  'health',
  'swap',
  'exchange',
  'insight',
  'enquiry',
  'chain',
  'account',
  'other',
] as const;
export type Room = (typeof rooms)[number];

/** The part of the product that an invariant is about: `ledger` of `ledger.balanced`. */
export const roomOf = (id: string): Room => rooms.find((it) => id.startsWith(`${it}.`)) ?? 'other';

interface Sentence {
  readonly text: string;
  readonly lang: 'zh-CN' | 'en';
}

export function sentenceInWords({ sentence }: { readonly sentence: string }, language: string): Sentence {
  const text = language === 'en' ? undefined : chinese[sentence];
  return text === undefined ? { text: sentence, lang: 'en' } : { text, lang: 'zh-CN' };
}
