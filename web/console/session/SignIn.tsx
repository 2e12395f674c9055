// The way in: password, then the second factor if there is one; or a passkey; or the company's own sign-in.
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { memberApi } from '#party/api';
import { useRead } from '../api/read.ts';
import { useWords } from '../words/index.ts';
import { hasPasskeys } from './passkey.ts';
import { giveSecondFactor, signInByPasskey, signInByPassword, signInByService } from './signIn.ts';
import { useTry } from './useTry.ts';

export function SignIn({ onDone, email: known = '' }: { onDone?: () => void; email?: string }) {
  const { t } = useWords();
  const id = useId();
  const { attempt, isTrying, wrong } = useTry();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [isSecond, setSecond] = useState(false);
  const { data: options } = useRead(memberApi.signInOptions);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      if (await signInByPassword(email, password)) setSecond(true);
      else onDone?.();
    });
  };
  const byPasskey = async () => {
    if (await attempt(signInByPasskey)) onDone?.();
  };
  if (isSecond) return <SecondFactor onDone={onDone} onBack={() => setSecond(false)} />;
  return (
    <div className="sign-in">
      <form className="form" onSubmit={submit} aria-label={t('signIn.title')}>
        <div className="field">
          <label htmlFor={`${id}-email`}>{t('signIn.email')}</label>
          <Input
            id={`${id}-email`}
            type="email"
            name="email"
            autoComplete="username webauthn"
            required
            autoFocus={known === ''}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-password`}>{t('signIn.password')}</label>
          <Input
            id={`${id}-password`}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            autoFocus={known !== ''}
            value={password}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            aria-invalid={wrong ? true : undefined}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        {wrong && (
          <p className="wrong" role="alert" id={`${id}-wrong`}>
            {wrong}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={isTrying} block>
          {t('signIn.submit')}
        </Button>
      </form>
      <div className="sign-in-others">
        {hasPasskeys() && (
          <Button block disabled={isTrying} onClick={() => void byPasskey()}>
            {t('signIn.passkey')}
          </Button>
        )}
        {options?.services.map((it) => (
          <Button key={it.id} block disabled={isTrying} onClick={() => void attempt(() => signInByService(it.id))}>
            {t('signIn.service', { name: it.name })}
          </Button>
        ))}
      </div>
      <p className="quiet">{t('signIn.lost')}</p>
    </div>
  );
}

function SecondFactor({ onDone, onBack }: { onDone: (() => void) | undefined; onBack: () => void }) {
  const { t } = useWords();
  const id = useId();
  const { attempt, isTrying, wrong } = useTry();
  const [code, setCode] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await attempt(() => giveSecondFactor(code))) onDone?.();
  };
  return (
    <form className="form sign-in" onSubmit={(event) => void submit(event)} aria-label={t('signIn.second')}>
      <p>{t('signIn.secondSays')}</p>
      <div className="field">
        <label htmlFor={id}>{t('signIn.code')}</label>
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          required
          maxLength={40}
          value={code}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          aria-invalid={wrong ? true : undefined}
          onChange={(event) => setCode(event.target.value)}
        />
      </div>
      {wrong && (
        <p className="wrong" role="alert" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={isTrying} block>
        {t('signIn.submit')}
      </Button>
      <Button type="text" onClick={onBack}>
        {t('signIn.back')}
      </Button>
    </form>
  );
}
