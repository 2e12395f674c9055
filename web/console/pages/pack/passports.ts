// Passports in the words and the order of the console. Without React, so that it can be tested.
import type { Mood } from '../../shell/State.tsx';
import type { Passport, Row } from './PassportPanel.tsx';

/** In the order of the specification. */
export const byAspect = (values: readonly Row[]): [Row['aspect'], Row[]][] => [
  ...Map.groupBy(values, (it) => it.aspect),
];

type From = Passport['coverage']['missing'][number]['from'];

/** What is missing, by the one who owes it; who owes most comes first. */
export function dueFrom({ coverage, values }: Passport): [From, Row[]][] {
  const byNo = new Map(values.map((it) => [it.no, it]));
  return [...Map.groupBy(coverage.missing, (it) => it.from)]
    .map(([from, its]): [From, Row[]] => [from, its.flatMap((it) => byNo.get(it.no) ?? [])])
    .toSorted(([, a], [, b]) => b.length - a.length);
}

/** The network is good at 95 % of what is asked. */
export const moodOfCoverage = ({ percent }: Passport['coverage']): Mood =>
  percent === null ? 'calm' : percent >= 95 ? 'good' : percent >= 50 ? 'low' : 'bad';

/** A value for people: lists by commas, what is nested field by field. Empty for an empty list. */
export function valueInWords(value: unknown, number: (it: number) => string): string {
  if (Array.isArray(value)) return value.map((it) => valueInWords(it, number)).join('; ');
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((it) => valueInWords(it, number))
      .join(', ');
  return typeof value === 'number' ? number(value) : String(value ?? '');
}

/** A passport whose model has a GTIN has an address after GS1 Digital Link; the others have one of ours. */
export const isGs1 = (link: string): boolean => link.startsWith('/01/');

/** A name that means another machine wherever it is scanned. */
export const isOnlyHere = (hostname: string): boolean => /^(localhost|127\.|\[::1\])/.test(hostname);
