// The registered pages of the console, and an address of each that shows something.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { type PageDef, sorted } from '../../web/console/page.ts';

const console = join(import.meta.dirname, '..', '..', 'web', 'console');

export const registeredPages: readonly PageDef[] = sorted(
  await Promise.all(
    globSync('pages/*/page.ts', { cwd: console }).map(
      async (it) => ((await import(join(console, it))) as { page: PageDef }).page,
    ),
  ),
);

/** Reads the API as the one whose pages these are. */
export type AskApi = (path: string) => Promise<unknown>;

/** Below /console, with the parameters of the page's own example. */
export async function addressOf(page: PageDef, ask: AskApi): Promise<string> {
  const params = (await page.example?.(ask)) ?? {};
  const path = page.path.replaceAll(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return `/console${path}`;
}

/** `/packs/$code` as a file: `packs-code`. */
export const fileNameOf = ({ path }: PageDef): string => path.slice(1).replaceAll(/[^a-z0-9]+/gi, '-') || 'overview';
