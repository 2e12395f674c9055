// One end of a connection that keeps no rules: it sends any text, and tells what comes back for it.
import { WebSocket } from 'ws';
import type { BuiltStation } from '../network.ts';

export type Reply = readonly [type: number, messageId: string, ...rest: unknown[]];

const PATIENCE_MS = 15_000;

/** What became of a frame: its answer, or how the connection ended, or that nothing came. */
export type Came =
  | { readonly is: 'answer'; readonly reply: Reply }
  | { readonly is: 'closed'; readonly code: number }
  | { readonly is: 'nothing' };

interface Waiting {
  readonly messageId: string;
  readonly resolve: (came: Came) => void;
}

export class Wire {
  readonly #address: string;
  readonly #authorization: string;
  #ws: WebSocket | undefined;
  #waiting: Waiting[] = [];
  /** Replies nobody waited for. */
  readonly stray: Reply[] = [];

  constructor(ocppUrl: string, { id, password }: BuiltStation) {
    this.#address = `${ocppUrl}/${id}`;
    this.#authorization = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
  }

  get isOpen(): boolean {
    return this.#ws?.readyState === WebSocket.OPEN;
  }

  /** @throws Error when nobody answers the door for a long time */
  async open(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (!this.isOpen) {
      if (performance.now() > until) throw new Error(`${this.#address} cannot be reached`);
      const ws = new WebSocket(this.#address, ['ocpp2.1'], { headers: { authorization: this.#authorization } });
      const isOpen = await new Promise<boolean>((resolve) => {
        ws.once('open', () => resolve(true));
        ws.on('error', () => resolve(false));
      });
      if (!isOpen) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      this.#ws = ws;
      ws.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString())));
      ws.on('close', (code) => {
        for (const it of this.#waiting.splice(0)) it.resolve({ is: 'closed', code });
      });
    }
  }

  /** Sends text, or bytes as a binary frame, and waits for nothing. */
  throw(frame: string | Buffer): void {
    this.#ws?.send(frame);
  }

  /** Sends a frame. @returns what comes for `messageId` */
  send(frame: string, messageId: string, patienceMs = PATIENCE_MS): Promise<Came> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((it) => it !== waiting);
        resolve({ is: 'nothing' });
      }, patienceMs);
      const waiting: Waiting = {
        messageId,
        resolve: (came) => {
          clearTimeout(timer);
          resolve(came);
        },
      };
      this.#waiting.push(waiting);
      this.throw(frame);
    });
  }

  /** The cable is pulled. */
  drop(): void {
    this.#ws?.terminate();
  }

  #hear(reply: Reply): void {
    if (reply[0] === 2) {
      this.throw(JSON.stringify([3, reply[1], { status: 'Rejected' }])); // right for some commands, wrong for others
      return;
    }
    const at = this.#waiting.findIndex((it) => it.messageId === reply[1]);
    if (at < 0) this.stray.push(reply);
    else this.#waiting.splice(at, 1)[0]!.resolve({ is: 'answer', reply });
  }
}
