// Where the link of an invitation leads: says to what it invites, and makes the account, or takes the one that is there.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { memberApi } from '#party/api';
import { type CallFailed, callRoute } from '../../../shared/client.ts';
import { useSession } from '../../session/hooks.ts';
import { MIN_LENGTH } from '../../session/NewPassword.tsx';
import { arrived, signInByPassword } from '../../session/signIn.ts';
import { useTry } from '../../session/useTry.ts';
import { Preferences } from '../../shell/Preferences.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { Wrong } from '../../shell/Wrong.tsx';
import { useFormats, useWords } from '../../words/index.ts';

export function InvitationPage() {
  const { t } = useWords();
  const { dateTime } = useFormats();
  // The secret stands behind the #, which no server ever sees.
  const { token: asked = '' } = useSearch({ strict: false }) as { token?: string };
  const token = location.hash.slice(1) || asked;
  const { me } = useSession();
  const { data, error } = useQuery<Awaited<ReturnType<typeof look>>, CallFailed>({
    queryKey: ['invitation', token],
    queryFn: () => look(token),
    retry: false,
  });
  return (
    <div className="gate">
      <div className="gate-top">
        <Preferences />
      </div>
      <div className="panel gate-panel">
        <h1>{t('invitation.title')}</h1>
        {error ? (
          <p className="wrong" role="alert">
            {error.status === 0 ? t('failed.unreachable') : t('invitation.void')}
          </p>
        ) : !data ? (
          <Waiting />
        ) : (
          <>
            <p>{t('invitation.says', { party: data.partyName, role: t(`role.${data.role}`) })}</p>
            <p className="quiet">{t('people.until', { time: dateTime(Date.parse(data.expiresAt)) })}</p>
            {me?.person ? <WithAccount token={token} /> : <NewAccount token={token} name={data.name ?? ''} />}
          </>
        )}
      </div>
    </div>
  );
}

const look = (token: string) => callRoute(memberApi.lookAtInvitation, { body: { token } });

function WithAccount({ token }: { token: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { me } = useSession();
  const { attempt, isTrying, wrong } = useTry();
  const accept = async () => {
    const isIn = await attempt(async () => {
      await callRoute(memberApi.acceptInvitation, { body: { token } });
      await arrived();
    });
    if (isIn) void navigate({ to: '/' });
  };
  return (
    <>
      <Button type="primary" loading={isTrying} onClick={() => void accept()}>
        {t('invitation.acceptAs', { email: me?.person?.email ?? '' })}
      </Button>
      <Wrong>{wrong}</Wrong>
    </>
  );
}

function NewAccount({ token, name: invited }: { token: string; name: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const id = useId();
  const { attempt, isTrying, wrong, setWrong } = useTry();
  const [typed, setTyped] = useState({ name: invited, email: '', password: '' });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.password.length < MIN_LENGTH) return setWrong(t('signIn.wrong.short'));
    const account = { ...typed, name: typed.name.trim(), email: typed.email.trim() };
    const isIn = await attempt(async () => {
      await callRoute(memberApi.acceptInvitation, { body: { token, account } });
      await signInByPassword(account.email, account.password);
    });
    if (isIn) void navigate({ to: '/' });
  };
  const field = (key: keyof typeof typed, says: string, type: string, autoComplete: string) => (
    <div className="field">
      <label htmlFor={`${id}-${key}`}>{says}</label>
      <Input
        id={`${id}-${key}`}
        type={type}
        autoComplete={autoComplete}
        required
        maxLength={200}
        value={typed[key]}
        onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
      />
    </div>
  );
  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-label={t('invitation.title')}>
      {field('name', t('people.name'), 'text', 'name')}
      {field('email', t('signIn.email'), 'email', 'username')}
      {field('password', t('signIn.password'), 'password', 'new-password')}
      <small className="quiet">{t('account.passwordRule', { count: MIN_LENGTH })}</small>
      <Wrong>{wrong}</Wrong>
      <Button type="primary" htmlType="submit" loading={isTrying}>
        {t('invitation.accept')}
      </Button>
    </form>
  );
}
