// What a page tells of itself. Node reads these too, for screenshots and tests: no component is imported here.
import type { ParseKeys } from 'i18next';
import type { ComponentType } from 'react';
import type { Needs } from './session/permission.ts';
import type { IconName } from './shell/icons.tsx';

export type WordKey = ParseKeys<'console'>;

/** The parts of the menu, in this order; pages of `none` are reached from others, such as one pack's. */
export const groups = ['now', 'things', 'books', 'people', 'system', 'none'] as const;
export type Group = (typeof groups)[number];

export interface PageDef {
  /** Below /console; `$name` is a parameter: /packs/$code. */
  readonly path: `/${string}`;
  readonly title: WordKey;
  readonly icon: IconName;
  /** Without it the page is not in the menu, and its address says why. `anyone` needs no sign-in at all. */
  readonly needs: Needs;
  readonly group: Group;
  /** Place within its group; 50 when absent. */
  readonly order?: number;
  /** The page has the whole window: no menu, no header. */
  readonly bare?: true;
  /** For screenshots and accessibility tests: a value for each parameter, found in a running network. */
  readonly example?: (ask: (path: string) => Promise<unknown>) => Promise<Readonly<Record<string, string>>>;
  readonly load: () => Promise<{ default: ComponentType }>;
}

export const sorted = (pages: readonly PageDef[]): PageDef[] =>
  pages.toSorted(
    (a, b) =>
      groups.indexOf(a.group) - groups.indexOf(b.group) ||
      (a.order ?? 50) - (b.order ?? 50) ||
      a.path.localeCompare(b.path),
  );
