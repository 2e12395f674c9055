// Parts of the page that are loaded when they are needed, and did not come: the server was away, or has been upgraded and
// knows them by other names. A browser remembers an import that failed, so the whole page is loaded anew at its address.

const said = [
  'Unable to preload CSS', // Vite
  'Failed to fetch dynamically imported module', // Chromium
  'error loading dynamically imported module', // Firefox
  'Importing a module script failed', // Safari
] as const;

/** Whether an error means that a part of the page did not come, and no mistake of the page's. */
export const isUnloaded = (error: unknown): boolean => said.some((it) => String(error).includes(it));

/** How long to wait before the server is asked again whether it is there. */
export const askAgainMs = (tries: number): number => Math.min(1_000 * 1.5 ** tries, 8_000);

/** A page that was loaded anew so lately and fails again is not helped by loading it once more. */
const LATELY_MS = 60_000;

/** Whether to load the page anew by itself. @param lastMs when that was last done at this address, if it was */
export const isWorthReloading = (lastMs: number | undefined, nowMs: number): boolean =>
  lastMs === undefined || nowMs - lastMs > LATELY_MS || nowMs < lastMs;
