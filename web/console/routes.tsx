// Addresses: each page of the registry becomes one, behind its gate. What is in the address after `?` is plain text.
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { pages } from './pages.ts';
import { Gone } from './shell/Gone.tsx';
import { Layout } from './shell/Layout.tsx';
import { framed } from './shell/PageFrame.tsx';

const root = createRootRoute({ component: Layout, notFoundComponent: Gone });

const children = pages.map((page) =>
  createRoute({ getParentRoute: () => root, path: page.path, component: framed(page) }),
);

export const router = createRouter({
  routeTree: root.addChildren(children),
  basepath: '/console',
  defaultPreload: false,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (it) => {
    const given = Object.entries(it).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    );
    const text = new URLSearchParams(given).toString();
    return text && `?${text}`;
  },
});
