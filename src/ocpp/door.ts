// Who may connect: the request's address, its subprotocol, and what it shows of itself (part 4 section 3, part 2 A00).
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Claim } from '#station';

export const SUBPROTOCOL = 'ocpp2.1';

/** A request that is refused before anybody looks for the station. */
export interface Turned {
  readonly status: 400 | 404;
  readonly sentence: string;
}

/** What the request claims to be. */
export function claimOf(request: IncomingMessage, tls: boolean): Claim | Turned {
  const stationId = stationIn(request.url ?? '');
  if (stationId === undefined) return { status: 404, sentence: 'Stations connect to /ocpp/<station>' };
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((it) => it.trim());
  if (!protocols.includes(SUBPROTOCOL))
    return { status: 400, sentence: `Offer the WebSocket subprotocol ${SUBPROTOCOL}` };
  const basic = basicOf(request.headers.authorization);
  const certificateFor = tls ? certificateName(request.socket as TLSSocket) : undefined;
  return { stationId, tls, ...(basic && { basic }), ...(certificateFor !== undefined && { certificateFor }) };
}

function stationIn(url: string): string | undefined {
  const [, name] = /^\/ocpp\/([^/?#]{1,200})$/.exec(url.split('?')[0]!) ?? [];
  if (name === undefined) return undefined;
  try {
    const id = decodeURIComponent(name);
    return /^[\x21-\x7e]{1,48}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

function basicOf(header: string | undefined): Claim['basic'] {
  const [, encoded] = /^basic +([a-z0-9+/=_-]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The common name of a client certificate, if our authority signed it. */
function certificateName(socket: TLSSocket): string | undefined {
  if (!socket.authorized) return undefined;
  const name = socket.getPeerCertificate()?.subject?.CN as string | string[] | undefined;
  return Array.isArray(name) ? name[0] : name;
}

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

/** Says no in HTTP and hangs up. */
export function turnAway(socket: Duplex, status: keyof typeof titles, sentence: string): void {
  const body = `${sentence}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${titles[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 401 ? ['WWW-Authenticate: Basic realm="ocpp"'] : []),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
