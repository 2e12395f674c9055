// Getting a connection and getting it again, with the back-off of OCPP 2.1 part 4 section 5.3.
import { defaultLimits, type FrameSocket, Session, type SessionOptions } from '#link';
import type { Chance } from '#units';
import type { Life } from '../life.ts';
import type { Settings } from './memory.ts';

/** A connection whose network can be pulled, so that neither end hears a word. */
export interface Wire extends FrameSocket {
  cut?(): void;
}

export type Dial = () => Wire | Promise<Wire>;

export interface LineOptions extends Pick<SessionOptions<unknown>, 'answer' | 'nextMessageId'> {
  readonly dial: Dial;
  readonly settings: Settings;
  readonly chance: Chance;
  up(session: Session): void;
  down(): void;
  say(line: string): void;
}

/** Least wait before we dial again, in seconds of the network: a fast clock must not hammer a real server. */
const LEAST_WAIT_S = 0.5;
/** The server may send as fast as it likes: it is not our part to defend against it. */
const limits = { ...defaultLimits, perSecond: 1e6, burst: 1e6 };

export class Line {
  readonly #life: Life;
  readonly #options: LineOptions;
  readonly #session: SessionOptions<unknown>;
  #wire: Wire | undefined;
  #current: Session | undefined;
  #failures = 0;
  #isCut = false;

  constructor(life: Life, options: LineOptions) {
    this.#life = life;
    this.#options = options;
    const { scheduler } = life;
    this.#session = {
      answer: options.answer,
      nextMessageId: options.nextMessageId,
      hear: () => {},
      problem: (_, { kind, detail }) => options.say(`${kind}: ${detail}`),
      closed: (session, { code, reason }) => this.#lost(session, `${code} ${reason}`),
      now: () => scheduler.ms() / scheduler.speed,
      setTimer: (run, afterMs) => scheduler.after((afterMs / 1000) * scheduler.speed, run),
      clearTimer: (cancel) => (cancel as (() => void) | undefined)?.(),
      limits,
    };
  }

  async dial(): Promise<void> {
    if (this.#life.isOver || this.#current) return;
    if (this.#isCut) return this.#dialLater();
    let wire: Wire;
    try {
      wire = await this.#life.scheduler.during(Promise.resolve(this.#options.dial()));
    } catch (error) {
      if (this.#failures === 0) this.#options.say(`cannot connect: ${(error as Error).message}`);
      this.#dialLater();
      return;
    }
    if (this.#life.isOver || this.#isCut) {
      wire.close(1001, 'going away');
      if (!this.#life.isOver) this.#dialLater();
      return;
    }
    this.#failures = 0;
    this.#wire = wire;
    this.#current = new Session(wire, this.#session, undefined);
    this.#options.up(this.#current);
  }

  get isUp(): boolean {
    return this.#current !== undefined;
  }

  /** The network is gone; after `mend` the next attempt to connect succeeds. */
  cut(): void {
    this.#isCut = true;
    if (this.#wire?.cut) this.#wire.cut();
    else this.#current?.close(1001, 'network cut');
  }

  mend(): void {
    this.#isCut = false;
  }

  /** For good. `isQuiet`: the power is gone, so nobody says goodbye. */
  end({ isQuiet }: { readonly isQuiet: boolean }): void {
    const session = this.#current;
    this.#current = undefined;
    if (isQuiet && this.#wire?.cut) this.#wire.cut();
    else session?.close(1000, 'the station stops');
  }

  #lost(session: Session, why: string): void {
    if (this.#current !== session) return;
    this.#current = undefined;
    this.#wire = undefined;
    this.#options.down();
    if (this.#life.isOver) return;
    if (!this.#isCut) this.#options.say(`connection lost: ${why}`);
    this.#dialLater();
  }

  /** RetryBackOffWaitMinimum, doubled RetryBackOffRepeatTimes times at most, plus a share of RetryBackOffRandomRange. */
  #dialLater(): void {
    const { settings, chance } = this.#options;
    const doubled = settings.backOffMinimumS * 2 ** Math.min(this.#failures++, settings.backOffRepeats);
    const seconds = doubled + chance.next() * settings.backOffRangeS;
    this.#life.after(Math.max(seconds, LEAST_WAIT_S * this.#life.scheduler.speed), () => this.dial());
  }
}
