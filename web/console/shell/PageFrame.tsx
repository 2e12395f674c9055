// What stands around every page: its gate, its loading, its mishaps.
import { useLocation } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import type { PageDef } from '../page.ts';
import { useMay } from '../session/hooks.ts';
import { useWords } from '../words/index.ts';
import { Forbidden } from './Forbidden.tsx';
import { Mishap } from './Mishap.tsx';
import { Waiting } from './Waiting.tsx';

export function framed(page: PageDef): () => ReactNode {
  const Content = lazy(page.load);
  return () => <PageFrame page={page} content={<Content />} />;
}

function PageFrame({ page, content }: { page: PageDef; content: ReactNode }) {
  const { t } = useWords();
  const may = useMay(page.needs);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${t(page.title)} · ${t('product')}`;
  }, [t, page]);
  if (!may) return <Forbidden page={page} />;
  return (
    <Mishap key={pathname}>
      <Suspense fallback={<Waiting />}>{content}</Suspense>
    </Mishap>
  );
}
