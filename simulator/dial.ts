// A station's WebSocket: HTTP Basic or a certificate, subprotocol ocpp2.1, compression (OCPP 2.1 part 4 sections 3 and 5).
import { WebSocket } from 'ws';
import { fromWebSocket, webSocketOptions } from '#link';
import type { RosterStation } from './roster.ts';
import type { Dial, Wire } from './station/index.ts';
import type { StationTls } from './tls.ts';

const MAX_FRAME_BYTES = 256 * 1024;
const HANDSHAKE_MS = 15_000;
/**
 * ws keeps a compressor for each connection that ever compressed: 268 kB each by default, 16 kB with these, and a window
 * of 2 kB instead of 32 on the server's side.
 */
const { perMessageDeflate, ...socketOptions } = webSocketOptions(MAX_FRAME_BYTES);
const smallDeflate = {
  ...perMessageDeflate,
  clientMaxWindowBits: 11,
  zlibDeflateOptions: { memLevel: 4, chunkSize: 4096 },
};

/** @throws Error with the HTTP status when the server turns the station away, or in TLS's words */
export const dialer =
  (ocppUrl: string, { id, password }: Pick<RosterStation, 'id' | 'password'>, tls?: StationTls): Dial =>
  () =>
    new Promise<Wire>((resolve, reject) => {
      const ws = new WebSocket(`${ocppUrl.replace(/\/$/, '')}/${encodeURIComponent(id)}`, 'ocpp2.1', {
        ...socketOptions,
        perMessageDeflate: smallDeflate,
        handshakeTimeout: HANDSHAKE_MS,
        ...(tls && { secureContext: tls.secureContext }),
        ...(!tls?.hasCertificate && { auth: `${id}:${password}` }),
      });
      ws.once('error', reject);
      ws.once('open', () => {
        ws.off('error', reject);
        const socket = fromWebSocket(ws);
        resolve({
          send: (frame) => socket.send(frame),
          close: (code, reason) => socket.close(code, reason),
          onFrame: (hear) => socket.onFrame(hear),
          onClose: (hear) => socket.onClose(hear),
          cut: () => ws.terminate(),
        });
      });
    });
