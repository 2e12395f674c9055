// The list of pages: each folder of pages/ has a page.ts that says where it lies, who may see it, and what to load.
import { type PageDef, sorted } from './page.ts';

const found = import.meta.glob<{ page: PageDef }>('./pages/*/page.ts', { eager: true });

export const pages: readonly PageDef[] = sorted(Object.values(found).map((it) => it.page));
