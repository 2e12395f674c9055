// Why a capacity test ended without a result: a code with its figures, which each reader is told in his own language. Pure.
import type { z } from 'zod';
import type { failure } from '../api/grade.ts';

export type Failure = z.output<typeof failure>;

const english: Readonly<Record<Failure['code'], (facts: Failure['facts']) => string>> = {
  swollen: () => 'it is swollen',
  damaged: () => 'it is damaged',
  'swollen-and-damaged': () => 'it is swollen and damaged',
  'insulation-low': ({ ohmPerVolt }) => `its insulation is ${ohmPerVolt} ohm/V`,
  'cell-outside': ({ min, max }) => `a cell lies outside ${min} to ${max} V`,
  'cells-apart': ({ volts }) => `its cells lie ${volts?.toFixed(2)} V apart`,
  'discharges-apart': ({ agreeing, rounds, percent }) =>
    `no ${agreeing} of ${rounds} consecutive discharges lie within ${percent} %`,
};

/** As it is written in the record, which has one language. */
export const inRecord = ({ code, facts }: Failure): string => english[code](facts);
