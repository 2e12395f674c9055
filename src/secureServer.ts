import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Config } from './config.ts';
import { patience } from './http.ts';

/** Serves stations with security profiles 2 and 3: a client certificate is asked for, and judged where stations are admitted. */
export function secureServer({ TLS_CERT, TLS_KEY, TLS_CLIENT_CA, ...config }: Config) {
  const ca = TLS_CLIENT_CA && { ca: readFileSync(TLS_CLIENT_CA), requestCert: true, rejectUnauthorized: false };
  const server = createServer({
    cert: readFileSync(TLS_CERT!),
    key: readFileSync(TLS_KEY!),
    minVersion: 'TLSv1.2',
    ...patience(config),
    ...ca,
  });
  return server.on('request', (_, reply) => void reply.writeHead(404).end());
}
