// A WebSocket of the `ws` library as a FrameSocket. The only file of this room that knows `ws`.
import type { RawData, ServerOptions, WebSocket } from 'ws';
import type { FrameSocket } from './socket.ts';

/**
 * How a server or client must open its WebSockets. Compression is a SHALL for us (part 4 section 3.4), but with ws's own
 * settings it costs 240 kB a connection; without context takeover and for long messages only, it costs next to nothing
 * (research/ocpp.md section 3c).
 */
export const webSocketOptions = (maxFrameBytes: number) =>
  ({
    maxPayload: maxFrameBytes,
    closeTimeout: 5_000,
    // ws would cut off without a word whoever has many pings unanswered; here floods are told (`session.ts`).
    autoPong: false,
    perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 1024 },
  }) satisfies ServerOptions & { closeTimeout: number }; // which @types/ws does not know yet

/** What a peer may leave unread before we hang up on it. */
const maxUnreadBytes = 4 * 1024 * 1024;

/** Takes over a WebSocket that is open, or about to be. Only text is spoken: a binary frame closes with 1003. */
export function fromWebSocket(ws: WebSocket): FrameSocket {
  return new WebSocketEnd(ws);
}

class WebSocketEnd implements FrameSocket {
  readonly #ws: WebSocket;
  #fault: Error | undefined;

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('error', (error) => {
      this.#fault ??= error;
    });
    ws.on('ping', (data) => {
      if (this.#isWritable()) ws.pong(data);
    });
  }

  send(frame: string): void {
    if (this.#isWritable()) this.#ws.send(frame);
  }

  /** Whoever reads nothing of what we send is hung up on. */
  #isWritable(): boolean {
    if (this.#ws.readyState !== this.#ws.OPEN) return false;
    if (this.#ws.bufferedAmount <= maxUnreadBytes) return true;
    this.#fault ??= new Error(`the peer left ${this.#ws.bufferedAmount} bytes unread`);
    this.#ws.terminate();
    return false;
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, shortened(reason));
  }

  onFrame(hear: (frame: string) => void): void {
    this.#ws.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) this.close(1003, 'OCPP-J is text');
      else hear((data as Buffer).toString());
    });
  }

  onControl(hear: () => void): void {
    this.#ws.on('ping', hear);
    this.#ws.on('pong', hear);
  }

  onClose(hear: (code: number, reason: string) => void): void {
    this.#ws.on('close', (code, reason) => {
      const { code: told, message: why } = closing(this.#fault);
      hear(code === 1006 ? (told ?? code) : code, why ?? reason.toString());
    });
  }
}

/** What we refused to read, as the close code RFC 6455 has for it; ws itself reports 1006 for all of these. */
function closing(fault: (Error & { readonly code?: string }) | undefined): { code?: number; message?: string } {
  if (fault === undefined) return {};
  const message = fault.message;
  switch (fault.code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return { code: 1009, message };
    case 'WS_ERR_INVALID_UTF8':
      return { code: 1007, message };
    default:
      return fault.code?.startsWith('WS_ERR') ? { code: 1002, message } : { message };
  }
}

/** A close reason has at most 123 bytes (RFC 6455 section 5.5). */
function shortened(reason: string): string {
  const bytes = Buffer.from(reason);
  return bytes.length <= 123
    ? reason
    : bytes
        .subarray(0, 120)
        .toString()
        .replace(/\ufffd+$/, '');
}
