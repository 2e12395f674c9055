import type { CallFailed } from '../../shared/client.ts';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';
import { useExplained } from './useExplained.ts';

/** What the server said instead of what was asked for: its sentence, its code, and a way to try again. */
export function Failure({ error, again }: { error: CallFailed; again?: () => void }) {
  const { t } = useWords();
  const { status, message, problem } = error;
  const isOver = status === 401;
  const explained = useExplained(isOver ? '' : problem.code);
  return (
    <div className="notice is-small" role="alert">
      <Icon name="warning" className="notice-icon" />
      <h2>{t('failed.title')}</h2>
      <p>{isOver ? t('failed.over') : status === 0 ? t('failed.unreachable') : message}</p>
      {explained && <p>{explained}</p>}
      {problem.code && !isOver && <p className="quiet">{t('failed.code', { code: problem.code })}</p>}
      {again && (
        <button type="button" className="plain-button" onClick={again}>
          {t('failed.again')}
        </button>
      )}
    </div>
  );
}
