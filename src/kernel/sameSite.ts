// A browser sends cookies along with what any page makes it ask. A write that comes with a session must come from our pages.
import type { FastifyRequest } from 'fastify';
import { Refused } from './refused.ts';

type Asking = Pick<FastifyRequest, 'headers' | 'host'>;

/**
 * Browsers say where a write comes from, in words (Fetch Metadata) or at least by its origin; pages cannot change either.
 * @throws Refused `cross-site` for a write from a page of somebody else, and for one that does not say when it has to
 */
export function demandSameSite({ headers, host }: Asking, { hasSession }: { readonly hasSession: boolean }): void {
  const site = headers['sec-fetch-site'];
  const origin = headers.origin;
  const isForeign =
    site !== undefined ? site !== 'same-origin' && site !== 'none' : origin !== undefined && hostOf(origin) !== host;
  const saysNothing = site === undefined && origin === undefined;
  if (isForeign || (hasSession && saysNothing))
    throw new Refused('cross-site', 'This write did not come from our own pages: send the header Origin', {}, 403);
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
