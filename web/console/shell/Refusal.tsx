// Why the server did not do what was asked, and what helps.
import { useQuery } from '@tanstack/react-query';
import type { CallFailed } from '../../shared/client.ts';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';

interface Explained {
  readonly means: string;
  readonly remedy: string;
}

export function Refusal({ error: { status, message, problem } }: { error: CallFailed }) {
  const { t } = useWords();
  const { code, issues } = problem;
  const { data } = useQuery<Explained | null>({
    queryKey: ['/problems', code],
    queryFn: async () => {
      const response = await fetch(`/problems/${encodeURIComponent(code)}`, {
        headers: { accept: 'application/json' },
      });
      return response.ok ? ((await response.json()) as Explained) : null;
    },
    enabled: code !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="refusal" role="alert">
      <p>
        <Icon name="bad" /> <strong>{t(status === 0 || status >= 500 ? 'failed.title' : 'act.failed')}</strong>
      </p>
      <p>{status === 0 ? t('act.silent') : message}</p>
      {issues.length > 1 && (
        <ul>
          {issues.slice(0, 20).map((it) => (
            <li key={it.field}>
              <code>{it.field}</code>: {it.problem}
            </li>
          ))}
        </ul>
      )}
      {data && <p>{data.remedy}</p>}
      {code && <p className="quiet">{t('failed.code', { code })}</p>}
    </div>
  );
}
