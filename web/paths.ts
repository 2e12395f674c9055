import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Where the built pages lie, with all they need: the public page, and the console behind the sign-in. */
export const liveDist = `${root}dist/live`;
export const consoleDist = `${root}dist/console`;
/** The public health query, at `/battery/`. */
export const batteryDist = `${root}dist/battery`;
/** The offline verifier, one file: `index.html`. */
export const verifyDist = `${root}dist/verify`;
