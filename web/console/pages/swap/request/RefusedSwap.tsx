// Why a swap is refused: the rule behind it and what to do, and the server's own sentence with its numbers and clauses.
import type { CallFailed } from '../../../../shared/client.ts';
import { Icon } from '../../../shell/icons.tsx';
import { Refusal } from '../../../shell/Refusal.tsx';
import { useWords } from '../../../words/index.ts';
import { ruleOf } from './refusal.ts';

export function RefusedSwap({ error }: { error: CallFailed }) {
  const { t } = useWords();
  const rule = ruleOf(t, error.problem.code);
  if (!rule) return <Refusal error={error} />;
  return (
    <div className="refusal" role="alert">
      <p>
        <Icon name="bad" />{' '}
        <strong>
          {t('swap.refused.title')}: {rule.title}
        </strong>
      </p>
      <dl className="facts">
        <dt>{t('swap.refused.rule')}</dt>
        <dd>{rule.rule}</dd>
        <dt>{t('swap.refused.said')}</dt>
        <dd lang="en">{error.message}</dd>
        <dt>{t('swap.refused.todo')}</dt>
        <dd>{rule.todo}</dd>
      </dl>
      <p className="quiet">{t('swap.refused.code', { code: error.problem.code })}</p>
    </div>
  );
}
