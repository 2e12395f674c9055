// What browsers may do with what we send, told with every reply: show what comes from this server, and nothing else.
// Written by hand: @fastify/helmet composes the same lines anew for each request, which costs more than a small reply does.
import type { FastifyInstance } from 'fastify';
import { mapOrigins } from './basemap.ts';
import type { Config } from './config.ts';

const YEAR_S = 365 * 24 * 3600;

type Guarded = Pick<Config, 'PUBLIC_URL'> & Parameters<typeof mapOrigins>[0];

export function guardPages(http: FastifyInstance, config: Guarded): void {
  const [pages, data] = [pageHeaders(config), dataHeaders(config)];
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers(/^\/(v1|api)\//.test(request.url) ? data : pages);
    done();
  });
}

/** For what holds no page: whatever somebody makes a browser take it for, it runs nothing. */
const dataHeaders = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): Record<string, string> => ({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // A server that is reached without TLS must not tell browsers to insist on it.
  ...(PUBLIC_URL?.startsWith('https:') && { 'strict-transport-security': `max-age=${YEAR_S}` }),
});

function pageHeaders(config: Guarded): Record<string, string> {
  const maps = mapOrigins(config)
    .map((it) => ` ${it}`)
    .join('');
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    // The console's components write their styles when they are first shown.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${maps}`,
    `connect-src 'self'${maps}`,
    // The map draws in a worker that is made from a blob.
    "worker-src 'self' blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    ...dataHeaders(config),
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(self), payment=(), usb=()',
  };
}
