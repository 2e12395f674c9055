import { lazy, Suspense } from 'react';
import type { PageDef } from '../page.ts';
import { useSession } from '../session/hooks.ts';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';
import { Waiting } from './Waiting.tsx';

const SignIn = lazy(async () => ({ default: (await import('../session/SignIn.tsx')).SignIn }));

/** A page that exists and is not for the one who sits here: says why. */
export function Forbidden({ page }: { page: PageDef }) {
  const { t } = useWords();
  const { me } = useSession();
  return (
    <div className="notice">
      <Icon name="lock" className="notice-icon" />
      <h1>{t('forbidden.title')}</h1>
      <p>
        <strong>{t(page.title)}</strong>
      </p>
      <p>{me ? t('forbidden.needs', { permission: page.needs }) : t('forbidden.signIn')}</p>
      {!me && (
        <div className="panel gate-panel">
          <Suspense fallback={<Waiting />}>
            <SignIn />
          </Suspense>
        </div>
      )}
    </div>
  );
}
