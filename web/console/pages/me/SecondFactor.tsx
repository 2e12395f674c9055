// The second factor: switched on with an authenticator and proved at once; backup codes are shown once.
import { App, Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { authCall } from '../../session/auth.ts';
import { useSession } from '../../session/hooks.ts';
import { session } from '../../session/session.ts';
import { useTry } from '../../session/useTry.ts';
import { Qr } from '../../shell/Qr.tsx';
import { State } from '../../shell/State.tsx';
import { Wrong } from '../../shell/Wrong.tsx';
import { useWords } from '../../words/index.ts';

interface Enrolment {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

type Stage =
  | { readonly is: 'still' }
  | { readonly is: 'proving'; readonly made: Enrolment }
  | { readonly is: 'codes'; readonly codes: readonly string[] };

export function SecondFactor() {
  const { t } = useWords();
  const { me } = useSession();
  const { message } = App.useApp();
  const [stage, setStage] = useState<Stage>({ is: 'still' });
  const isOn = me?.person?.twoFactor === true;
  const enable = async (password: string) =>
    setStage({ is: 'proving', made: await authCall<Enrolment>('/two-factor/enable', { password }) });
  const renew = async (password: string) => {
    const { backupCodes } = await authCall<{ backupCodes: string[] }>('/two-factor/generate-backup-codes', {
      password,
    });
    setStage({ is: 'codes', codes: backupCodes });
  };
  const disable = async (password: string) => {
    await authCall('/two-factor/disable', { password });
    await session.check();
    void message.success(t('account.secondOff'));
  };
  return (
    <section className="panel" aria-labelledby="second">
      <h2 id="second">{t('account.second')}</h2>
      <p>
        <State mood={isOn ? 'good' : 'low'}>{t(isOn ? 'account.secondIsOn' : 'account.secondIsOff')}</State>
      </p>
      {stage.is === 'still' && !isOn && (
        <>
          <p className="quiet">{t('account.secondSays')}</p>
          <ByPassword verb={t('account.secondEnable')} onSubmit={enable} />
        </>
      )}
      {stage.is === 'proving' && (
        <Proof
          made={stage.made}
          onProved={async () => {
            await session.check();
            setStage({ is: 'codes', codes: stage.made.backupCodes });
          }}
        />
      )}
      {stage.is === 'codes' && <Codes codes={stage.codes} onDone={() => setStage({ is: 'still' })} />}
      {stage.is === 'still' && isOn && (
        <>
          <ByPassword verb={t('account.newCodes')} onSubmit={renew} />
          <ByPassword verb={t('account.secondDisable')} onSubmit={disable} danger />
        </>
      )}
    </section>
  );
}

/** What changes how somebody proves who he is asks for the password again. */
function ByPassword({
  verb,
  onSubmit,
  danger = false,
}: {
  verb: string;
  onSubmit: (password: string) => Promise<unknown>;
  danger?: boolean;
}) {
  const { t } = useWords();
  const id = useId();
  const { attempt, isTrying, wrong } = useTry();
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await attempt(() => onSubmit(password))) setPassword('');
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-label={verb}>
      <div className="field">
        <label htmlFor={id}>{t('account.oldPassword')}</label>
        <Input
          id={id}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <Wrong>{wrong}</Wrong>
      <div>
        <Button htmlType="submit" loading={isTrying} danger={danger}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

function Proof({ made, onProved }: { made: Enrolment; onProved: () => Promise<void> }) {
  const { t } = useWords();
  const id = useId();
  const { attempt, isTrying, wrong } = useTry();
  const [code, setCode] = useState('');
  const secret = new URL(made.totpURI).searchParams.get('secret') ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      await authCall('/two-factor/verify-totp', { code: code.replaceAll(' ', '') });
      await onProved();
    });
  };
  return (
    <form className="form" onSubmit={submit} aria-label={t('account.second')}>
      <p>{t('account.scan')}</p>
      <Qr text={made.totpURI} label={t('account.qr')} />
      <p className="quiet">
        {t('account.secret')} <code>{secret}</code>
      </p>
      <div className="field">
        <label htmlFor={id}>{t('account.proof')}</label>
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </div>
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="primary" htmlType="submit" loading={isTrying}>
          {t('account.prove')}
        </Button>
      </div>
    </form>
  );
}

function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useWords();
  return (
    <div className="form" role="status">
      <p>{t('account.codes')}</p>
      <ul className="codes">
        {codes.map((it) => (
          <li key={it}>
            <code>{it}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>{t('secret.copy')}</Button>
        <Button type="primary" onClick={onDone}>
          {t('account.codesKept')}
        </Button>
      </div>
    </div>
  );
}
