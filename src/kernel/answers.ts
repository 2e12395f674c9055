// Answers that many ask for at once: read, checked and written once, then given to all who may see the same, for a moment.
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip as gzipWith } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const gzip = promisify(gzipWith);

/** An answer as it travels. */
export interface Answer {
  readonly body: Buffer;
  /** Names the content: who has it already is told so (304). */
  readonly etag: string;
  /** The same, compressed; made when somebody first takes it so. */
  gzipped?: Promise<Buffer>;
}

interface Kept {
  readonly answer: Promise<Answer>;
  /** When it began to be made, by the machine's own clock: an answer's age is no matter of the network's time. */
  readonly sinceMs: number;
  bytes: number;
  /** A newer one is being made. */
  isRenewed?: boolean;
}

/** Together they hold no more than this. */
const MOST_BYTES = 64 << 20;
const MOST_WRITERS = 10_000;
/** Below this, compressing costs more than it saves. */
const WORTH_COMPRESSING = 4096;

export class Answers {
  readonly #kept = new Map<string, Kept>();
  /** When each caller wrote last. */
  readonly #wrote = new Map<string, number>();
  #bytes = 0;

  /**
   * The answer of this name: the kept one while it is at most `keptMs` old and was begun after the caller's last write, else
   * a new one. One that is asked for in the second half of its life is made anew meanwhile, so that of those who ask all
   * the time nobody waits. A failure is kept for nobody.
   */
  get(
    name: string,
    { keptMs, caller }: { keptMs: number; caller: string },
    make: () => Promise<string>,
  ): Promise<Answer> {
    const now = performance.now();
    const known = this.#kept.get(name);
    const notBefore = Math.max(now - keptMs, this.#wrote.get(caller) ?? 0);
    if (known && known.sinceMs >= notBefore) {
      if (known.bytes > 0 && !known.isRenewed && now - known.sinceMs > keptMs / 2) this.#renew(name, known, make);
      return known.answer;
    }
    if (known) this.#drop(name, known);
    const answer = make().then(answerOf);
    const kept: Kept = { answer, sinceMs: now, bytes: 0 };
    this.#kept.set(name, kept);
    answer.then(
      ({ body }) => this.#weigh(name, kept, body.length),
      () => this.#drop(name, kept),
    );
    return answer;
  }

  /** The old one is given until the new one is there; when that fails, whoever asks after the old one's end is told. */
  #renew(name: string, old: Kept, make: () => Promise<string>): void {
    old.isRenewed = true;
    const sinceMs = performance.now();
    const renewed = async () => {
      const answer = answerOf(await make());
      if ((await old.answer).gzipped) await gzipped(answer);
      if (this.#kept.get(name) !== old) return;
      this.#drop(name, old);
      const kept: Kept = { answer: Promise.resolve(answer), sinceMs, bytes: 0 };
      this.#kept.set(name, kept);
      this.#weigh(name, kept, answer.body.length);
    };
    renewed().catch(() => {});
  }

  /** This caller has written something: he finds it in whatever he asks from now on. */
  wrote(caller: string): void {
    if (this.#wrote.size >= MOST_WRITERS) this.#wrote.clear(); // at worst somebody sees his own writing a moment later
    this.#wrote.set(caller, performance.now());
  }

  #weigh(name: string, kept: Kept, bytes: number): void {
    if (this.#kept.get(name) !== kept) return;
    kept.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, it] of this.#kept) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#drop(oldest, it);
    }
  }

  #drop(name: string, kept: Kept): void {
    if (this.#kept.get(name) !== kept) return;
    this.#kept.delete(name);
    this.#bytes -= kept.bytes;
  }
}

export function answerOf(text: string): Answer {
  const body = Buffer.from(text);
  return { body, etag: `"${hash('sha1', body, 'base64url')}"` };
}

/** Sends it as JSON: compressed to who takes that, and not again to who has it. */
export async function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  const { body, etag } = answer;
  const { 'if-none-match': has, 'accept-encoding': takes } = request.headers;
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (has === etag) return reply.code(304).send();
  reply.type('application/json; charset=utf-8');
  if (body.length < WORTH_COMPRESSING) return reply.send(body);
  reply.header('vary', 'accept-encoding');
  if (typeof takes !== 'string' || !/\bgzip\b/.test(takes)) return reply.send(body);
  return reply.header('content-encoding', 'gzip').send(await gzipped(answer));
}

/** Once for all who take it so. */
function gzipped(answer: Answer): Promise<Buffer> {
  answer.gzipped ??= gzip(answer.body, { level: constants.Z_BEST_SPEED });
  return answer.gzipped;
}
