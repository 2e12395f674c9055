import type { WebSocket } from 'ws';
import { type Pace, repeat } from './time.ts';

const SPOKES = 30;

/**
 * Pings every connection once in `everyMs` and drops those that answered nothing since the last ping. One timer turns a
 * wheel; each spoke holds some of the connections, so that pings never come all at once.
 */
export class Keepalive {
  readonly #wheel: Set<WebSocket>[] = Array.from({ length: SPOKES }, () => new Set());
  readonly #silent = new Set<WebSocket>();
  readonly #pace: Pace;
  readonly #everyMs: number;
  #stop: (() => void) | undefined;
  #next = 0;
  #turn = 0;

  constructor(pace: Pace, everyMs: number) {
    this.#pace = pace;
    this.#everyMs = everyMs;
    const silent = this.#silent;
    this.#heard = function (this: WebSocket) {
      silent.delete(this);
    };
  }

  /** One function for all connections: it costs no memory for each. */
  readonly #heard: (this: WebSocket) => void;

  add(ws: WebSocket): void {
    this.#stop ??= repeat(this.#pace, this.#everyMs / SPOKES, () => this.#ping());
    const spoke = this.#wheel[this.#next++ % SPOKES]!;
    spoke.add(ws);
    ws.on('pong', this.#heard);
    ws.on('message', this.#heard);
    ws.once('close', () => {
      spoke.delete(ws);
      this.#silent.delete(ws);
    });
  }

  stop(): void {
    this.#stop?.();
  }

  #ping(): void {
    for (const ws of this.#wheel[this.#turn++ % SPOKES]!)
      if (this.#silent.has(ws)) ws.terminate();
      else if (ws.readyState === ws.OPEN) {
        this.#silent.add(ws);
        ws.ping();
      }
  }
}
