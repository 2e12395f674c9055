// Headers that Node would answer by itself, without words, or that it leaves to us and we would otherwise pass over.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '#kernel';

/** Refuses a request whose headers ask for what we do not do, before anything is read of it. */
export function refuseStrangeHeaders(http: FastifyInstance): void {
  // Node would refuse it with an empty page; so it goes the way of all requests, to the hook below.
  http.server.on('checkExpectation', (request, reply) => void http.server.emit('request', request, reply));
  http.addHook('onRequest', async ({ raw: { httpVersion, headers } }) => {
    if (headers.host === undefined && httpVersion === '1.1') throw wrong('host', 'is required in HTTP/1.1', 400);
    if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect))
      throw wrong('expect', 'may only be 100-continue', 417);
  });
  http.addHook('preParsing', async (request, reply) => {
    if (!hasBody(request)) return;
    const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
    if (encoding.toLowerCase() !== 'identity') {
      reply.header('accept-encoding', 'identity');
      throw wrong('content-encoding', `${encoding.slice(0, 40)} is not read: send the body as it is (identity)`, 415);
    }
    const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(type)?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset))
      throw wrong('content-type', `the charset ${charset.slice(0, 40)} is not read: send utf-8`, 415);
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const wrong = (field: string, problem: string, status: number): Refused =>
  new Refused('malformed', `${field}: ${problem}`, { issues: [{ field, problem }] }, status);
