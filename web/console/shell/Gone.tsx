import { Link, useLocation } from '@tanstack/react-router';
import { useWords } from '../words/index.ts';

/** An address at which nothing lies. */
export function Gone() {
  const { t } = useWords();
  const { pathname } = useLocation();
  return (
    <div className="notice">
      <h1>{t('gone.title')}</h1>
      <p>{t('gone.note', { path: pathname })}</p>
      <p>
        <Link to="/">{t('gone.home')}</Link>
      </p>
    </div>
  );
}
