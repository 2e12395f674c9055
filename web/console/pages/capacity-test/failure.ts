// Why a capacity test failed, as a sentence: its code chooses the words, its figures fill them. Pure.
import type { T } from '../../words/index.ts';
import type { Test } from './steps.ts';

interface Said {
  readonly t: T;
  readonly number: (value: number, digits?: number) => string;
}

export function failureInWords({ code, facts }: NonNullable<Test['failure']>, { t, number }: Said): string {
  const figures = Object.entries(facts).map(([name, value]) => [name, number(value, 2)]);
  return t(`capacityTest.failed.${code}`, Object.fromEntries(figures));
}
