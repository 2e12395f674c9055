// The HTTP server before anything is served: what it bears with slow, broken and strange requests.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { replyWithProblem, replyWithProblems } from '#kernel';
import type { Config } from './config.ts';
import { refuseStrangeHeaders } from './strangeHeaders.ts';

/** Every failure leaves it as problem+json, those of Node and Fastify themselves included. */
export function openHttp(
  { REQUEST_TIMEOUT_S, TRUST_PROXY }: Pick<Config, 'REQUEST_TIMEOUT_S' | 'TRUST_PROXY'>,
  log: FastifyBaseLogger,
): FastifyInstance {
  const http = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 8 << 20,
    forceCloseConnections: true,
    http: { ...patience({ REQUEST_TIMEOUT_S }), shouldUpgradeCallback: wantsWebSocket, requireHostHeader: false },
    requestTimeout: REQUEST_TIMEOUT_S * 1000,
    trustProxy: TRUST_PROXY ?? false,
    genReqId: () => randomUUID(), // the trail names requests for ever
    frameworkErrors: replyWithProblem,
    clientErrorHandler: hangUp,
  });
  replyWithProblems(http);
  refuseStrangeHeaders(http);
  return http;
}

/**
 * How long a request may take to arrive, for `createServer`: its headers a third of the whole. Who sends a byte now and
 * then to hold a connection is hung up on. Answers, and streams of them, may take as long as they like.
 */
export const patience = ({ REQUEST_TIMEOUT_S }: Pick<Config, 'REQUEST_TIMEOUT_S'>) => ({
  requestTimeout: REQUEST_TIMEOUT_S * 1000,
  headersTimeout: Math.ceil((REQUEST_TIMEOUT_S * 1000) / 3),
  connectionsCheckingInterval: Math.ceil((REQUEST_TIMEOUT_S * 1000) / 6),
});

/** Whoever offers another protocol, such as h2c, may do without it: he is answered in HTTP/1.1 (RFC 9110 section 7.8). */
const wantsWebSocket = ({ headers: { upgrade = '' } }: IncomingMessage): boolean =>
  upgrade.split(',').some((it) => it.trim().toLowerCase() === 'websocket');

const faults: Readonly<Record<string, readonly [status: number, line: string, type: string, title: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'too-slow', 'The request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'malformed', 'The headers are too large'],
};

/** Somebody who speaks no HTTP, or too slowly: there is no request yet, and so no reply but by hand. */
function hangUp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, line, type, title] = faults[error.code ?? ''] ?? [
    400,
    'Bad Request',
    'malformed',
    'This is no HTTP/1.1',
  ];
  const body = JSON.stringify({ type: `/problems/${type}`, title, status });
  const head = [
    `HTTP/1.1 ${status} ${line}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
