import { type ReactNode, useId } from 'react';
import { duties, models, type ScenarioId, scenarios } from '#twin/api';
import { useFormats, useWords } from '../../words/index.ts';
import { Key } from './FadeChart.tsx';
import { type Choice, choiceIds, choices, kneeRange, MOST_YEARS, type Question, scenarioIds } from './question.ts';

interface Props {
  readonly question: Question;
  readonly ask: (next: Question) => void;
}

const KNEE = 1500;

/** Which cells, which lives, which policy: each a field of its own, answered at once. */
export function Ask({ question, ask }: Props) {
  const { t } = useWords();
  const put = (part: Partial<Question>) => ask({ ...question, ...part });
  const { scenarios: chosen, knee } = question;
  const flip = (it: ScenarioId) => {
    const next = scenarioIds.filter((id) => (id === it ? !chosen.includes(id) : chosen.includes(id)));
    if (next.length > 0) put({ scenarios: next });
  };
  return (
    <form className="panel fitting-ask" aria-label={t('whatIf.title')} onSubmit={(event) => event.preventDefault()}>
      <Field text={t('whatIf.model')}>
        {(id) => (
          <select id={id} value={question.model} onChange={({ target }) => put({ model: target.value })}>
            {(['LFP', 'NMC', 'NCA'] as const).map((chemistry) => (
              <optgroup key={chemistry} label={chemistry}>
                {models
                  .filter((it) => it.chemistry === chemistry)
                  .map((it) => (
                    <option key={it.id} value={it.id}>
                      {it.name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <fieldset>
        <legend>{t('whatIf.lives')}</legend>
        {scenarioIds.map((it) => (
          <label key={it} className="what-if-choice">
            <input
              type="checkbox"
              checked={chosen.includes(it)}
              disabled={chosen.length === 1 && chosen[0] === it}
              onChange={() => flip(it)}
            />
            <Key of={it} /> {t(`whatIf.scenarios.${it}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('whatIf.policy')}</legend>
        {choiceIds.map((it) => (
          <Chosen key={it} of={it} question={question} onChange={(chosen) => put({ chosen })} />
        ))}
      </fieldset>
      <Field text={t('whatIf.span', { years: question.years })}>
        {(id) => (
          <input
            id={id}
            type="range"
            min={1}
            max={MOST_YEARS}
            value={question.years}
            onChange={({ target }) => put({ years: Number(target.value) })}
          />
        )}
      </Field>
      <fieldset>
        <legend>{t('whatIf.knee')}</legend>
        <label className="what-if-choice">
          <input
            type="checkbox"
            checked={knee !== undefined}
            onChange={({ target }) => put({ knee: target.checked ? KNEE : undefined })}
          />
          {t('whatIf.withKnee')}
        </label>
        {knee !== undefined && (
          <Field text={t('whatIf.kneeAt', { efc: knee })}>
            {(id) => (
              <input
                id={id}
                type="range"
                min={kneeRange.from}
                max={kneeRange.to}
                step={100}
                value={knee}
                onChange={({ target }) => put({ knee: Number(target.value) })}
              />
            )}
          </Field>
        )}
      </fieldset>
    </form>
  );
}

interface ChosenProps {
  readonly of: Choice;
  readonly question: Question;
  readonly onChange: (chosen: Question['chosen']) => void;
}

/** What the operator chooses; left alone, each life keeps what its duty has of itself. */
function Chosen({ of, question: { chosen, scenarios: asked }, onChange }: ChosenProps) {
  const { t } = useWords();
  const { number } = useFormats();
  const { from, to, step, unit } = choices[of];
  const usual = [...new Set(asked.map((it) => usualOf(of, it)))].map((it) => number(it, unit === 'C' ? 2 : 0));
  const change = (text: string) => {
    const { [of]: _, ...rest } = chosen;
    const value = Number(text);
    onChange(text === '' || !(value >= from && value <= to) ? rest : { ...rest, [of]: value });
  };
  return (
    <Field text={`${t(`whatIf.${of}`)} (${unit})`}>
      {(id) => (
        <input
          id={id}
          type="number"
          {...{ min: from, max: to, step }}
          value={chosen[of] ?? ''}
          placeholder={t('whatIf.asUsual', { usual: usual.join(' / ') })}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}

function usualOf(of: Choice, scenario: ScenarioId): number {
  const { policy } = duties.find((it) => it.id === scenarios[scenario].duty)!;
  return choices[of].unit === '%' ? 100 * policy[of] : policy[of];
}

function Field({ text, children }: { text: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text}</label>
      {children(id)}
    </div>
  );
}
