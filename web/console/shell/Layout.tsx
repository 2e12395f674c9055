// The frame: header, menu, and the page in the middle.
import { Outlet, useLocation, useMatches as useRouteMatches } from '@tanstack/react-router';
import { App } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { pages } from '../pages.ts';
import { Overlays } from '../palette/Overlays.tsx';
import { Expired } from '../session/Expired.tsx';
import { useSession } from '../session/hooks.ts';
import { useWords } from '../words/index.ts';
import { Header } from './Header.tsx';
import { Lost } from './Lost.tsx';
import { Menu } from './Menu.tsx';
import { Waiting } from './Waiting.tsx';

const Due = lazy(async () => ({ default: (await import('../session/Due.tsx')).Due }));

/** Dialogs and messages are opened in here, so that links and readings work in them. */
export function Layout() {
  const { me } = useSession();
  return (
    <App component={false}>
      {me?.person?.passwordDue ? (
        <main id="main">
          <Suspense fallback={<Waiting />}>
            <Due />
          </Suspense>
        </main>
      ) : (
        <Frame />
      )}
      <Expired />
    </App>
  );
}

function Frame() {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has chosen a page wants to see it, not the menu
  useEffect(() => setOpen(false), [pathname]);
  const isBare = useIsBare();
  if (isBare)
    return (
      <main id="main">
        <Outlet />
      </main>
    );
  return (
    <div className={`frame${isOpen ? ' is-menu-open' : ''}`}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Overlays />
      <Header isMenuOpen={isOpen} onMenu={() => setOpen(!isOpen)} />
      <Lost />
      <div className="frame-body">
        <Menu />
        <main id="main" className="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function useIsBare(): boolean {
  const here = useRouteMatches().at(-1)?.fullPath;
  return pages.some((it) => it.bare && it.path === here);
}
