import { useWords } from '../words/index.ts';

/** While a page or its first data are on their way. */
export function Waiting() {
  const { t } = useWords();
  return (
    <div className="notice" role="status">
      <span className="spinner" aria-hidden="true" />
      {t('loading')}
    </div>
  );
}
