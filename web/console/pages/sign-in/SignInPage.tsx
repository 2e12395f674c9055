// The way in, on a page of its own: where the public page leads, and where a company's sign-in comes back with a no.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { SignIn } from '../../session/SignIn.tsx';
import { Preferences } from '../../shell/Preferences.tsx';
import { useWords } from '../../words/index.ts';

export function SignInPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { error } = useSearch({ strict: false }) as { error?: string };
  return (
    <div className="gate">
      <div className="gate-top">
        <Preferences />
      </div>
      <div className="panel gate-panel">
        <p className="brand">
          {t('product')} <span>{t('console')}</span>
        </p>
        <h1>{t('signIn.title')}</h1>
        {error && (
          <p className="wrong" role="alert">
            {t(`signIn.refused.${error}` as 'signIn.refused.no-role', { defaultValue: t('signIn.refused.other') })}
          </p>
        )}
        <SignIn onDone={() => void navigate({ to: '/' })} />
        <p>
          <Link to="/">{t('gone.home')}</Link>
        </p>
      </div>
    </div>
  );
}
