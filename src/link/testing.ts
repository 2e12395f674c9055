// Two ends of a line in memory, with a clock that is turned by hand. For tests only.
import { chance } from '#units';
import type { SendFrame } from './frame.ts';
import { defaultLimits, type Limits, type Problem, type SessionOptions } from './options.ts';
import { Session } from './session.ts';
import { type FrameSocket, type MemorySocket, socketPair } from './socket.ts';

export class TurnedClock {
  ms = 0;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  readonly now = () => this.ms;
  readonly setTimer = (run: () => void, afterMs: number): unknown => {
    const timer = { at: this.ms + afterMs, run };
    this.#timers.add(timer);
    return timer;
  };
  readonly clearTimer = (timer: unknown) => {
    this.#timers.delete(timer as { at: number; run: () => void });
  };

  turn(ms: number): void {
    this.ms += ms;
    for (const timer of [...this.#timers].filter((it) => it.at <= this.ms)) {
      this.#timers.delete(timer);
      timer.run();
    }
  }

  get running(): number {
    return this.#timers.size;
  }
}

export interface End {
  readonly session: Session<string>;
  readonly socket: FrameSocket;
  readonly problems: Problem[];
  readonly heard: SendFrame[];
  readonly closes: { code: number; reason: string }[];
}

type Choices = Partial<Omit<SessionOptions<string>, 'limits'>> & { readonly limits?: Partial<Limits> };

/** A session on this socket that answers every call with an empty payload unless told otherwise. */
export function end(socket: FrameSocket, clock: TurnedClock, { limits, ...choices }: Choices = {}): End {
  const [problems, heard, closes]: [Problem[], SendFrame[], End['closes']] = [[], [], []];
  const ids = chance(1);
  const options: SessionOptions<string> = {
    answer: () => undefined,
    hear: (_, send) => {
      heard.push(send);
    },
    problem: (_, problem) => problems.push(problem),
    closed: (_, it) => closes.push(it),
    now: clock.now,
    setTimer: clock.setTimer,
    clearTimer: clock.clearTimer,
    nextMessageId: () => `id-${ids.between(0, 1e15)}`,
    limits: { ...defaultLimits, ...limits },
    ...choices,
  };
  return { session: new Session(socket, options, 'station 7'), socket, problems, heard, closes };
}

/** A session, and the bare socket of its peer with every frame that came out of it. */
export function facing(choices: Choices = {}): End & {
  readonly clock: TurnedClock;
  readonly peer: MemorySocket;
  readonly said: unknown[][];
} {
  const clock = new TurnedClock();
  const [socket, peer] = socketPair();
  const said: unknown[][] = [];
  peer.onFrame((text) => said.push(JSON.parse(text)));
  return { ...end(socket, clock, choices), clock, peer, said };
}

/** Until everything in memory has arrived. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
