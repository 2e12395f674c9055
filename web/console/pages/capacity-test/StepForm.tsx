// One step of the test: what to do, what to read off, and within which limits.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { gradeApi } from '#health/api';
import { type Answer, type CallFailed, callRoute } from '../../../shared/client.ts';
import { Refusal } from '../../shell/Refusal.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { type Field, fieldsOf, measuredOf, type Reading, type Step, type Typed } from './steps.ts';

interface Props {
  readonly reading: Reading;
  readonly step: Step;
  readonly round: number;
}

/** Give it a key for each step, so that no value is carried over. */
export function StepForm({ reading, step, round }: Props) {
  const { t } = useWords();
  const hint = useHints(reading, step);
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Typed>({});
  const { mutate, error, isPending } = useMutation<Answer<typeof gradeApi.takeStep>, CallFailed>({
    mutationFn: () =>
      callRoute(gradeApi.takeStep, { params: { code: reading.code }, body: { measured: measuredOf(step, typed) } }),
    onSuccess: () => void queries.invalidateQueries(),
  });
  // Whoever works with the keyboard goes on where the next step begins.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  const inRounds = step === 'charge' || step === 'rest' || step === 'discharge';
  return (
    <form className="form" onSubmit={submit} aria-label={t(`capacityTest.step.${step}`)}>
      <h2 ref={heading} tabIndex={-1}>
        {t('capacityTest.next', { step: t(`capacityTest.step.${step}`) })}
      </h2>
      {inRounds && <p>{t('capacityTest.round', { round, most: reading.limits.mostRounds })}</p>}
      <p>{t(`capacityTest.says.${step}`)}</p>
      {fieldsOf[step].map((field) => (
        <Asked
          key={field.name}
          field={field}
          hint={hint(field)}
          value={typed[field.name] ?? ''}
          onChange={(value) => setTyped({ ...typed, [field.name]: value })}
        />
      ))}
      {error && <Refusal error={error} />}
      <div>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('capacityTest.take')}
        </Button>
      </div>
    </form>
  );
}

interface AskedProps {
  readonly field: Field;
  readonly hint: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Asked({ field: { name, kind }, hint, value, onChange }: AskedProps) {
  const { t } = useWords();
  const id = useId();
  const label = t(`capacityTest.field.${name}`);
  if (kind === 'number')
    return (
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          className="plain-field"
          type="number"
          step="any"
          required
          autoComplete="off"
          aria-describedby={hint && `${id}-hint`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        {hint && (
          <small className="quiet" id={`${id}-hint`}>
            {hint}
          </small>
        )}
      </div>
    );
  const choices: readonly (readonly [string, string])[] =
    kind === 'how'
      ? [
          ['1I', t('capacityTest.how.1I')],
          ['maker', t('capacityTest.how.maker')],
        ]
      : [
          ['yes', t('capacityTest.yes')],
          ['no', t('capacityTest.no')],
        ];
  return (
    <fieldset>
      <legend>{label}</legend>
      <div className="choices">
        {choices.map(([choice, said]) => (
          <label key={choice}>
            <input
              type="radio"
              name={`${id}-${name}`}
              required
              checked={value === choice}
              onChange={() => onChange(choice)}
            />{' '}
            {said}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The limits of a field in words. */
function useHints({ limits, ratedWh }: Reading, step: Step): (field: Field) => string | undefined {
  const { t } = useWords();
  const { number, energy } = useFormats();
  return ({ name }) => {
    if (name === 'ohmPerVolt') return t('capacityTest.limit.ohmPerVolt', { least: number(limits.leastOhmPerVolt) });
    if (name === 'lowestCellV' || name === 'highestCellV')
      return t('capacityTest.limit.cellV', {
        min: number(limits.cellV.min),
        max: number(limits.cellV.max),
        spread: number(limits.mostCellSpreadV),
      });
    if (name === 'temperatureC')
      return t('capacityTest.limit.temperatureC', {
        min: number(limits.temperatureC.min),
        max: number(limits.temperatureC.max),
      });
    if (name === 'soc') return t('capacityTest.limit.soc', { least: number(limits.leastSoc) });
    if (name === 'energyKWh')
      return t('capacityTest.limit.energy', {
        min: energy((ratedWh * limits.energyPercent.min) / 100),
        max: energy((ratedWh * limits.energyPercent.max) / 100),
      });
    if (name === 'minutes' && step === 'rest')
      return t('capacityTest.limit.rest', { least: number(limits.leastRestMinutes) });
    if (name === 'minutes')
      return t('capacityTest.limit.rate', { rated: energy(ratedWh), off: number(limits.mostRateOff) });
    return undefined;
  };
}
