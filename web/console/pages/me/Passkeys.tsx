// Passkeys: added on this device, removed here.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { authCall } from '../../session/auth.ts';
import { hasPasskeys, makePasskey } from '../../session/passkey.ts';
import { useTry } from '../../session/useTry.ts';
import { Wrong } from '../../shell/Wrong.tsx';
import { useFormats, useWords } from '../../words/index.ts';

interface Passkey {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt?: string | null;
}

const queryKey = ['/api/auth/passkeys'];

export function Passkeys() {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const id = useId();
  const queries = useQueryClient();
  const { attempt, isTrying, wrong } = useTry();
  const [name, setName] = useState('');
  const { data } = useQuery({ queryKey, queryFn: () => authCall<Passkey[]>('/passkey/list-user-passkeys') });
  const again = () => queries.invalidateQueries({ queryKey });
  const add = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      const options = await authCall('/passkey/generate-register-options');
      const called = name.trim() || t('account.passkey');
      await authCall('/passkey/verify-registration', { response: await makePasskey(options), name: called });
      setName('');
      await again();
    });
  };
  const remove = (it: Passkey) =>
    attempt(async () => {
      await authCall('/passkey/delete-passkey', { id: it.id });
      await again();
    });
  return (
    <section className="panel" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('account.passkeys')}</h2>
      <p className="quiet">{t('account.passkeysSay')}</p>
      {data?.length === 0 && <p>{t('account.noPasskeys')}</p>}
      <ul>
        {data?.map((it) => (
          <li key={it.id}>
            <div>
              {it.name || t('account.passkey')}
              {it.createdAt && <div className="quiet">{dateTime(Date.parse(it.createdAt))}</div>}
            </div>
            <Button danger disabled={isTrying} onClick={() => void remove(it)}>
              {t('account.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {hasPasskeys() ? (
        <form className="form" onSubmit={add} aria-label={t('account.addPasskey')}>
          <div className="field">
            <label htmlFor={id}>{t('account.passkeyName')}</label>
            <Input id={id} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          </div>
          <div>
            <Button htmlType="submit" loading={isTrying}>
              {t('account.addPasskey')}
            </Button>
          </div>
        </form>
      ) : (
        <p className="quiet">{t('account.passkeysUnknown')}</p>
      )}
      <Wrong>{wrong}</Wrong>
    </section>
  );
}
