// The witness on HTTP: small requests, few of them, from anybody.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { verifierKey } from '#record/log';
import { type Bytes, joined } from '#record/verify';
import type { Answer, Witness } from './witness.ts';

/** 63 hashes and a checkpoint with sixteen of the longest signatures there are fit well. */
const MOST_BYTES = 128 * 1024;
/** A log asks once for each checkpoint: so many a second, all logs together, and as many again at once. */
const PER_SECOND = 50;

const text = (status: number, body: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** A server that is not listening yet. @param nowMs milliseconds of any clock that does not go back */
export async function witnessServer(witness: Witness, nowMs: () => number): Promise<Server> {
  const about = `witness ${witness.key.name}\n${await verifierKey(witness.key, 'cosignature')}`;
  const allowance = allow(PER_SECOND, nowMs);
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname } = new URL(request.url ?? '/', 'http://witness');
    if (pathname === '/') return text(200, about);
    if (pathname !== '/add-checkpoint') return text(404, 'POST /add-checkpoint is all there is');
    if (request.method !== 'POST') return text(405, 'POST is needed');
    if (!allowance()) return text(429, 'Too many requests');
    const body = await bodyOf(request);
    return body === undefined ? text(413, `At most ${MOST_BYTES} bytes`) : witness.add(body);
  };
  const server = createServer((request, response) => {
    answer(request)
      .catch(() => text(500, 'The witness could not keep what it would have signed'))
      .then((it) => send(request, response, it));
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  server.maxConnections = 200;
  return server;
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  // What was not read is not waited for.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** @returns undefined when it is too long */
async function bodyOf(request: IncomingMessage): Promise<Bytes | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return joined(...parts);
}

/** A bucket that fills with `rate` a second up to twice as many. */
function allow(rate: number, nowMs: () => number): () => boolean {
  let [left, last] = [2 * rate, nowMs()];
  return () => {
    const now = nowMs();
    left = Math.min(2 * rate, left + ((now - last) / 1000) * rate);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
