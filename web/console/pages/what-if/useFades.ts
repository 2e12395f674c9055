import { useEffect, useState } from 'react';
import { type Fade, type ScenarioId, whatIf } from '#twin/api';
import { askOf, type Question } from './question.ts';

/** One scenario's answer, or the sentence that says why there is none. */
export type Told = { readonly scenario: ScenarioId } & ({ readonly fade: Fade } | { readonly wrong: string });

/** Answers scenario after scenario, each in a turn of its own, so that the page stays alive meanwhile. */
export function useFades(question: Question): { told: readonly Told[]; isDone: boolean } {
  const [{ told, of }, setTold] = useState<{ told: readonly Told[]; of: string }>({ told: [], of: '' });
  const key = JSON.stringify(question);
  useEffect(() => {
    const asked = JSON.parse(key) as Question;
    const done: Told[] = [];
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      const scenario = asked.scenarios[done.length];
      if (!scenario) return;
      done.push(answerOf(asked, scenario));
      setTold({ told: [...done], of: key });
      timer = setTimeout(next);
    };
    timer = setTimeout(next);
    return () => clearTimeout(timer);
  }, [key]);
  // Until the first is answered, what stands there belongs to another question.
  const answers = of === key ? told : [];
  return { told: answers, isDone: answers.length === question.scenarios.length };
}

function answerOf(question: Question, scenario: ScenarioId): Told {
  try {
    return { scenario, fade: whatIf(askOf(question, scenario)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { scenario, wrong: error.message };
  }
}
