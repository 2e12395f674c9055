// Why the server did not do what was asked, and what helps.
import type { CallFailed } from '../../shared/client.ts';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';
import { useExplained } from './useExplained.ts';

export function Refusal({ error: { status, message, problem } }: { error: CallFailed }) {
  const { t } = useWords();
  const { code, issues } = problem;
  const isOver = status === 401;
  const explained = useExplained(isOver ? '' : code);
  return (
    <div className="refusal" role="alert">
      <p>
        <Icon name="bad" /> <strong>{t(status === 0 || status >= 500 ? 'failed.title' : 'act.failed')}</strong>
      </p>
      <p>{isOver ? t('act.over') : status === 0 ? t('act.silent') : message}</p>
      {issues.length > 1 && (
        <ul>
          {issues.slice(0, 20).map((it) => (
            <li key={it.field}>
              <code>{it.field}</code>: {it.problem}
            </li>
          ))}
        </ul>
      )}
      {explained && <p>{explained}</p>}
      {code && !isOver && <p className="quiet">{t('failed.code', { code })}</p>}
    </div>
  );
}
