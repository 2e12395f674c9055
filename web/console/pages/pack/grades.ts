// Grades and their reasons in words: names come with the policy that decided, sentences are ours. Pure.
import type { gradeApi } from '#health/api';
import type { Answer } from '../../../shared/client.ts';
import type { Language } from '../../../shared/words.ts';
import type { Mood } from '../../shell/State.tsx';
import type { T } from '../../words/index.ts';

export type Grades = Answer<typeof gradeApi.grades>;
export type Graded = Grades['items'][number];
export type Policy = Grades['policies'][number];

export const moodOf: Readonly<Record<Graded['grade'], Mood>> = {
  vehicle: 'good',
  storage: 'low',
  'test-required': 'going',
  quarantine: 'bad',
  recycle: 'bad',
};

interface Said {
  readonly t: T;
  readonly language: Language;
  readonly number: (value: number, digits?: number) => string;
}

const inLanguage = (label: Policy['label'], language: Language): string => (language === 'en' ? label.en : label.zh);

export const policyOf = ({ policies }: Grades, { policy }: Graded): Policy =>
  policies.find((it) => it.version === policy)!;

export const gradeInWords = (policy: Policy, grade: Graded['grade'], language: Language): string =>
  inLanguage(policy.labels[grade], language);

export const policyInWords = ({ label }: Policy, language: Language): string => inLanguage(label, language);

/** A reason as a sentence: its code chooses the words, its figures fill them. */
export function reasonInWords(
  policy: Policy,
  reason: Graded['reasons'][number],
  { t, language, number }: Said,
): string {
  const facts = Object.entries(reason.facts).map(([name, value]) => {
    if (typeof value === 'number') return [name, number(value, 2)];
    if (name === 'veto') {
      const veto = policy.vetoes.find((it) => it.kind === value);
      return [name, veto ? inLanguage(veto.label, language) : value];
    }
    return [name, value in policy.labels ? gradeInWords(policy, value as Graded['grade'], language) : value];
  });
  return t(`grade.reason.${reason.code}`, Object.fromEntries(facts));
}
