// A client that does little but ask: many requests over few connections, as fast as it can or at a fixed rate whatever
// comes back (open loop: the time a request waits for its turn counts).
import { connect, type Socket } from 'node:net';

export interface Job {
  readonly port: number;
  readonly path: string;
  /** Asked for in turn, in place of `path`. */
  readonly paths?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly ms: number;
  /** Requests a second; as many as can be when absent. */
  readonly perSecond?: number;
}

export interface Done {
  readonly requests: number;
  /** Of the whole answer, from the moment the request was due. */
  readonly latenciesMs: readonly number[];
  readonly bytes: number;
  readonly refused: readonly string[];
}

process.on('message', async (job: Job) => void process.send?.(await run(job)));

async function run(job: Job): Promise<Done> {
  const head = Object.entries({ host: '127.0.0.1', ...job.headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const asked = (job.paths ?? [job.path]).map((it) => Buffer.from(`GET ${it} HTTP/1.1\r\n${head.join('')}\r\n`));
  const lines = await Promise.all(Array.from({ length: job.connections }, () => Line.open(job.port)));
  const done = { requests: 0, latenciesMs: [] as number[], bytes: 0, refused: [] as string[] };
  const ask = async (line: Line, dueMs: number) => {
    const { status, bytes } = await line.ask(asked[done.requests % asked.length]!);
    if (status !== 200) done.refused.push(`${status}`);
    done.requests++;
    done.bytes += bytes;
    done.latenciesMs.push(performance.now() - dueMs);
  };
  const untilMs = performance.now() + job.ms;
  if (job.perSecond === undefined)
    await Promise.all(
      lines.map(async (line) => {
        do await ask(line, performance.now());
        while (performance.now() < untilMs);
      }),
    );
  else await atRate(job.perSecond, untilMs, lines, ask);
  for (const it of lines) it.close();
  return done;
}

/** Requests are due at fixed moments; one that finds no free connection waits, and its time runs. */
async function atRate(
  perSecond: number,
  untilMs: number,
  lines: readonly Line[],
  ask: (line: Line, dueMs: number) => Promise<void>,
): Promise<void> {
  const free = [...lines];
  const due: number[] = [];
  const open = new Set<Promise<void>>();
  const serve = () => {
    while (free.length > 0 && due.length > 0) {
      const line = free.pop()!;
      const asked = ask(line, due.shift()!).then(() => {
        open.delete(asked);
        free.push(line);
        serve();
      });
      open.add(asked);
    }
  };
  const startedMs = performance.now();
  for (let n = 0; ; ) {
    const now = performance.now();
    if (now >= untilMs) break;
    for (; startedMs + (n * 1000) / perSecond <= now; n++) due.push(startedMs + (n * 1000) / perSecond);
    serve();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while (open.size > 0 || due.length > 0) await Promise.race([...open, new Promise((go) => setTimeout(go, 5))]);
}

/** One connection: HTTP/1.1 with a known length, one request at a time. */
class Line {
  readonly #socket: Socket;
  #answer: ((it: { status: number; bytes: number }) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #head = '';
  #status = 0;
  #length = -1;
  #got = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail?.(error));
    socket.on('close', () => this.#fail?.(new Error('the server hung up')));
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Line(socket)));
      socket.once('error', reject);
    });
  }

  ask(request: Buffer): Promise<{ status: number; bytes: number }> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#length < 0) {
      this.#head += chunk.toString('latin1');
      const end = this.#head.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#status = Number(this.#head.slice(9, 12));
      this.#length = Number(/content-length: (\d+)/i.exec(this.#head)?.[1] ?? 0);
      this.#got = this.#head.length - end - 4;
    } else this.#got += chunk.length;
    if (this.#got < this.#length) return;
    const done = { status: this.#status, bytes: this.#length };
    this.#head = '';
    this.#length = -1;
    this.#answer?.(done);
  }
}
