import type { ReactNode } from 'react';
import { useWords } from '../../words/index.ts';

/** A figure of the catalogue; marked when no source confirms it. */
export function Figure({
  of,
  field,
  children,
}: {
  of: { readonly assumed: readonly string[] };
  field: string;
  children: ReactNode;
}) {
  const { t } = useWords();
  if (!of.assumed.includes(field)) return <>{children}</>;
  return (
    <span title={t('catalogue.assumed')}>
      <span className="assumed" aria-hidden="true">
        ≈{' '}
      </span>
      {children}
      <span className="hidden"> ({t('catalogue.assumed')})</span>
    </span>
  );
}
