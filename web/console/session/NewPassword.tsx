// A new password, twice: the fields for whoever changes his, and for whoever must.
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { Wrong } from '../shell/Wrong.tsx';
import { useWords } from '../words/index.ts';
import { changePassword } from './signIn.ts';
import { useTry } from './useTry.ts';

export const MIN_LENGTH = 12;

export function NewPassword({ onDone }: { onDone?: () => void }) {
  const { t } = useWords();
  const id = useId();
  const { attempt, isTrying, wrong, setWrong } = useTry();
  const [[old, fresh, again], setTyped] = useState<readonly [string, string, string]>(['', '', '']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (fresh.length < MIN_LENGTH) return setWrong(t('signIn.wrong.short'));
    if (fresh !== again) return setWrong(t('signIn.wrong.differ'));
    if (await attempt(() => changePassword(old, fresh))) {
      setTyped(['', '', '']);
      onDone?.();
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-label={t('account.password')}>
      <div className="field">
        <label htmlFor={`${id}-old`}>{t('account.oldPassword')}</label>
        <Input
          id={`${id}-old`}
          type="password"
          autoComplete="current-password"
          required
          value={old}
          onChange={(event) => setTyped([event.target.value, fresh, again])}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-new`}>{t('account.newPassword')}</label>
        <Input
          id={`${id}-new`}
          type="password"
          autoComplete="new-password"
          required
          minLength={MIN_LENGTH}
          maxLength={200}
          aria-describedby={`${id}-rule`}
          value={fresh}
          onChange={(event) => setTyped([old, event.target.value, again])}
        />
        <small className="quiet" id={`${id}-rule`}>
          {t('account.passwordRule', { count: MIN_LENGTH })}
        </small>
      </div>
      <div className="field">
        <label htmlFor={`${id}-again`}>{t('account.passwordAgain')}</label>
        <Input
          id={`${id}-again`}
          type="password"
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setTyped([old, fresh, event.target.value])}
        />
      </div>
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="primary" htmlType="submit" loading={isTrying}>
          {t('account.changePassword')}
        </Button>
      </div>
    </form>
  );
}
