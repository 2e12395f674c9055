// What is asked in each step of a capacity test, and how it is sent. Pure.
import type { gradeApi } from '#health/api';
import type { Answer, Ask } from '../../../shared/client.ts';

export type Reading = Answer<typeof gradeApi.capacityTest>;
export type Test = NonNullable<Reading['test']>;
export type Step = NonNullable<Test['next']>;
export type Measured = NonNullable<Ask<typeof gradeApi.takeStep>['body']>['measured'];

export type Name =
  | 'swollen'
  | 'damaged'
  | 'historyKnown'
  | 'ohmPerVolt'
  | 'lowestCellV'
  | 'highestCellV'
  | 'how'
  | 'temperatureC'
  | 'soc'
  | 'minutes'
  | 'energyKWh';

export interface Field {
  readonly name: Name;
  readonly kind: 'yes-or-no' | 'number' | 'how';
}

const yesOrNo = (name: Name): Field => ({ name, kind: 'yes-or-no' });
const number = (name: Name): Field => ({ name, kind: 'number' });

export const fieldsOf: Readonly<Record<Step, readonly Field[]>> = {
  look: [yesOrNo('swollen'), yesOrNo('damaged'), yesOrNo('historyKnown')],
  insulation: [number('ohmPerVolt')],
  voltage: [number('lowestCellV'), number('highestCellV')],
  charge: [{ name: 'how', kind: 'how' }, number('temperatureC'), number('soc')],
  rest: [number('minutes'), number('temperatureC')],
  discharge: [number('energyKWh'), number('minutes'), number('temperatureC')],
};

export type Typed = Readonly<Partial<Record<Name, string>>>;

/** What was typed, as the contract wants it. The form lets nothing be left out. */
export function measuredOf(step: Step, typed: Typed): Measured {
  const values = fieldsOf[step].map(({ name, kind }): [string, unknown] => {
    const text = typed[name] ?? '';
    if (kind === 'yes-or-no') return [name, text === 'yes'];
    if (kind === 'how') return [name, text];
    return name === 'energyKWh' ? ['energyWh', Math.round(Number(text) * 1000)] : [name, Number(text)];
  });
  return { step, ...Object.fromEntries(values) } as Measured;
}
