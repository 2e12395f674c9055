import { useTranslation } from 'react-i18next';
import { steps } from '#swap/api';
import type { Swap } from '../data/contract.ts';
import { progressOf } from '../data/steps.ts';

type Told = Pick<Swap, 'state'> & Partial<Pick<Swap, 'returned' | 'given'>>;

/** A state the page has words for; a newer server may know more. */
export function useStepName(): (state: string) => string {
  const { t, i18n } = useTranslation();
  return (state) => (i18n.exists(`step.${state}`) ? t(`step.${state as 'released'}`) : state);
}

/** How far a swap has come, in 13 steps. */
export function Track({ swap, small = false }: { swap: Told; small?: boolean }) {
  const { t } = useTranslation();
  const nameOf = useStepName();
  const { done, mood } = progressOf(swap);
  const value = t('swap.progress', { done, all: steps.length });
  return (
    <div
      className={`track mood-${mood}${small ? ' is-small' : ''}`}
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={steps.length}
      aria-valuenow={done}
      aria-valuetext={`${value}: ${nameOf(swap.state)}`}
      title={`${value}: ${nameOf(swap.state)}`}
    >
      {steps.map((it, index) => (
        <i key={it} className={index < done - 1 ? 'is-done' : index === done - 1 ? 'is-now' : ''} />
      ))}
    </div>
  );
}
