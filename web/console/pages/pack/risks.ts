// What stands against a pack in words: the code of a reason chooses them, its figures fill them. Pure.
import type { riskApi } from '#health/api';
import type { Answer } from '../../../shared/client.ts';
import type { Mood } from '../../shell/State.tsx';
import type { T } from '../../words/index.ts';

export type Risk = NonNullable<Answer<typeof riskApi.risk>['risk']>;
export type Sign = Risk['reasons'][number];

export const moodOfRisk: Readonly<Record<Risk['level'], Mood>> = { calm: 'good', inspect: 'low', stop: 'bad' };

interface Said {
  readonly t: T;
  readonly number: (value: number, digits?: number) => string;
}

/** Cells and probes are counted from 1 for people. */
export function signInWords({ detector, cell, probe }: Sign, t: T): string {
  const where =
    cell !== null
      ? t('risk.cell', { no: cell + 1 })
      : probe !== null
        ? t('risk.probe', { no: probe + 1 })
        : t('risk.pack');
  return t(`risk.detector.${detector}`, { where });
}

export function figureInWords({ by, value, threshold, ohm }: Sign, { t, number }: Said): string {
  const figure = t(`risk.figure.${by}`, { value: number(value, 1), limit: number(threshold, 1) });
  return ohm === null ? figure : `${figure}; ${t('risk.ohm', { ohm: number(ohm, ohm < 10 ? 1 : 0) })}`;
}
