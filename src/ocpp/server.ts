import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { Lane } from '#kernel';
import { type FrameSocket, fromWebSocket, webSocketOptions } from '#link';
import { type Admission, admit, type Claim } from '#station';
import type { StationId } from '#units';
import type { OcppPlace } from './context.ts';
import { claimOf, SUBPROTOCOL, turnAway } from './door.ts';
import { Keepalive } from './keepalive.ts';
import type { Lines } from './lines.ts';

type Connected = (stationId: StationId, socket: FrameSocket, admittedBy: string) => void;

/**
 * The WebSocket end: takes upgrade requests of an http or https server, lets in who may, and hands over connections. A
 * thousand stations that reconnect at once are looked up in a few transactions, not a thousand.
 */
export class StationServer {
  readonly #place: OcppPlace;
  readonly #lines: Lines;
  readonly #connected: Connected;
  readonly #admissions: Lane<Claim, Admission>;
  readonly #sockets: WebSocketServer;
  readonly #keepalive: Keepalive;
  #closing = false;

  constructor(place: OcppPlace, lines: Lines, connected: Connected) {
    this.#place = place;
    this.#lines = lines;
    this.#connected = connected;
    this.#admissions = new Lane(place.doWork, async (work, claims) =>
      (await admit(work, claims)).map((answer) => ({ answer })),
    );
    this.#sockets = new WebSocketServer({
      ...webSocketOptions(place.limits.maxFrameBytes),
      noServer: true,
      clientTracking: false,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
    this.#keepalive = new Keepalive(place.pace, place.limits.pingMs);
  }

  /** Answers one upgrade request; never throws. `tls`: it came over TLS, so `request.socket` may show a certificate. */
  async handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { tls }: { tls: boolean },
  ): Promise<void> {
    socket.on('error', ignore);
    if (this.#closing) return turnAway(socket, 503, 'The server is closing');
    const claim = claimOf(request, tls);
    if ('status' in claim) return turnAway(socket, claim.status, claim.sentence);
    let admission: Admission;
    try {
      admission = await this.#admissions.submit(claim);
    } catch (error) {
      this.#place.log.error({ err: error }, 'A station could not be looked up');
      return turnAway(socket, 503, 'The station could not be looked up; try again');
    }
    if (!admission.admitted) return this.#refuse(socket, claim, admission);
    if (socket.destroyed || this.#closing) return turnAway(socket, 503, 'The server is closing');
    socket.off('error', ignore);
    this.#sockets.handleUpgrade(request, socket, head, (ws) =>
      this.#welcome(claim.stationId as StationId, ws, admission.by),
    );
  }

  #welcome(stationId: StationId, ws: WebSocket, admittedBy: string): void {
    this.#keepalive.add(ws);
    this.#connected(stationId, fromWebSocket(ws), admittedBy);
  }

  #refuse(socket: Duplex, claim: Claim, { why, sentence }: Extract<Admission, { admitted: false }>): void {
    const isKnown = why !== 'unknown-station';
    this.#lines.add({
      stationId: isKnown ? (claim.stationId as StationId) : '',
      kind: why,
      sentence: `${claim.stationId} wanted to connect and was turned away: ${sentence}`,
      facts: { stationId: claim.stationId, tls: claim.tls },
    });
    const status = why === 'unknown-station' ? 404 : why === 'wrong-profile' ? 403 : 401;
    turnAway(socket, status, `${claim.stationId}: ${sentence}`);
  }

  close(): void {
    this.#closing = true;
    this.#keepalive.stop();
    this.#sockets.close();
  }
}

const ignore = (): void => {};
