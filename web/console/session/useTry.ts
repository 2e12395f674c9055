import { useState } from 'react';
import { CallFailed } from '../../shared/client.ts';
import { useWords } from '../words/index.ts';

/** One attempt at a time, and in words why the last one failed. */
export function useTry() {
  const { t } = useWords();
  const [isTrying, setTrying] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setTrying(true);
    setWrong(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      setWrong(inWords(error, t));
      return false;
    } finally {
      setTrying(false);
    }
  };
  return { attempt, isTrying, wrong, setWrong };
}

const known = {
  'invalid-email-or-password': 'signIn.wrong.password',
  'invalid-password': 'signIn.wrong.oldPassword',
  'invalid-code': 'signIn.wrong.code',
  'invalid-backup-code': 'signIn.wrong.code',
  'invalid-two-factor-cookie': 'signIn.wrong.late',
  'too-many-tries': 'signIn.wrong.tries',
  'too-many-attempts-request-new-code': 'signIn.wrong.tries',
  'credential-missing': 'act.over',
  'credential-wrong': 'act.over',
  'sign-in-locked': 'signIn.wrong.locked',
  'person-locked': 'signIn.wrong.person',
  'password-too-short': 'signIn.wrong.short',
  'password-same': 'signIn.wrong.same',
  'passkey-not-found': 'signIn.wrong.passkey',
} as const;

function inWords(error: unknown, t: ReturnType<typeof useWords>['t']): string {
  if (error instanceof DOMException) return t('signIn.wrong.declined');
  if (!(error instanceof CallFailed)) return String(error);
  if (error.status === 0) return t('failed.unreachable');
  const key = known[error.problem.code.toLowerCase().replaceAll('_', '-') as keyof typeof known];
  return key ? t(key) : error.message;
}
