import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Where the built console lies, with all it needs. */
export const consoleDist = `${root}dist/console`;
