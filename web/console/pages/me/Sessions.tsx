// Where I am signed in, and the way to end it there.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { authCall } from '../../session/auth.ts';
import { useTry } from '../../session/useTry.ts';
import { Wrong } from '../../shell/Wrong.tsx';
import { useFormats, useWords } from '../../words/index.ts';

interface OneSession {
  readonly id: string;
  readonly token: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly ipAddress?: string | null;
  readonly userAgent?: string | null;
}

const queryKey = ['/api/auth/sessions'];

export function Sessions() {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const queries = useQueryClient();
  const { attempt, isTrying, wrong } = useTry();
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const [all, mine] = await Promise.all([
        authCall<OneSession[]>('/list-sessions'),
        authCall<{ session: { id: string } } | null>('/get-session'),
      ]);
      return all.map((it) => ({ ...it, isThis: it.id === mine?.session.id }));
    },
  });
  const end = (path: string, body: object) =>
    attempt(async () => {
      await authCall(path, body);
      await queries.invalidateQueries({ queryKey });
    });
  return (
    <section className="panel" aria-labelledby="sessions">
      <h2 id="sessions">{t('account.sessions')}</h2>
      <ul>
        {data?.map((it) => (
          <li key={it.id}>
            <div>
              {deviceOf(it.userAgent) ?? t('account.unknownDevice')}
              <div className="quiet">
                {it.ipAddress} · {t('account.since', { time: dateTime(Date.parse(it.createdAt)) })}
              </div>
            </div>
            {it.isThis ? (
              <span className="quiet">{t('account.thisSession')}</span>
            ) : (
              <Button disabled={isTrying} onClick={() => void end('/revoke-session', { token: it.token })}>
                {t('account.endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(data?.length ?? 0) > 1 && (
        <div>
          <Button danger disabled={isTrying} onClick={() => void end('/revoke-other-sessions', {})}>
            {t('account.endOthers')}
          </Button>
        </div>
      )}
      <Wrong>{wrong}</Wrong>
    </section>
  );
}

/** Browser and system, as far as a browser says. */
function deviceOf(agent: string | null | undefined): string | undefined {
  if (!agent) return undefined;
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1]?.replace('Edg', 'Edge');
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 60);
}
