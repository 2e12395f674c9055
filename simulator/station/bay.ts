// The place where vehicles are swapped, one after another.
import { Died } from '../life.ts';
import { authorised, slotsIn } from './authorise.ts';
import type { Charging } from './charging.ts';
import { chosen } from './choose.ts';
import { Exchange } from './exchange.ts';
import { eventsOf, type Site } from './site.ts';
import type { Outcome, Visit } from './visit.ts';
import { type ocpp, swapStep } from './wire.ts';

const noBattery = 'NoBatteryAvailable';

/** The right to swap, under a number that the server or the station gave. */
interface Permit {
  readonly requestId: number;
  readonly isRemote: boolean;
  readonly slots?: readonly number[];
}

export class Bay {
  readonly #site: Site;
  readonly #charging: Charging;
  /** Vehicles that wait; they outlive the program that serves them. */
  readonly #queue: Visit[];
  readonly #crash: (options: { reboot: string; forget: string }) => void;
  /** Swaps the server asked for, by token in lower case. */
  readonly #grants = new Map<string, Permit>();
  /** What we answered to them, by request: asked again, we answer the same. */
  readonly #answers = new Map<number, ocpp.RequestBatterySwapResponse>();
  #wanted: { readonly token: string; readonly wake: (permit: Permit) => void } | undefined;
  #visit: Visit | undefined;
  #exchange: Exchange | undefined;
  #isServing = false;

  constructor(
    site: Site,
    charging: Charging,
    queue: Visit[],
    crash: (options: { reboot: string; forget: string }) => void,
  ) {
    this.#site = site;
    this.#charging = charging;
    this.#queue = queue;
    this.#crash = crash;
  }

  /** The vehicle that is served now. */
  get visit(): Visit | undefined {
    return this.#visit;
  }

  get isExchanging(): boolean {
    return this.#exchange !== undefined;
  }

  /** Serves whoever waits. */
  async serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    while (this.#site.memory.settings.operative && this.#queue.length > 0) {
      const visit = this.#queue.shift()!;
      this.#visit = visit;
      try {
        const outcome = await this.#attend(visit);
        this.#visit = undefined;
        visit.done(outcome);
      } catch (error) {
        if (error instanceof Died) return; // the station tells the driver
        throw error;
      }
    }
    this.#isServing = false;
  }

  /** RequestBatterySwap: the server wants a swap for this driver, who is here or comes soon (S02). */
  request(asked: ocpp.RequestBatterySwapRequest): ocpp.RequestBatterySwapResponse {
    const { requestId, idToken } = asked;
    const before = this.#answers.get(requestId);
    if (before) return before;
    const token = idToken.idToken.toLowerCase();
    const refusal = this.#whyNot(token);
    const answer: ocpp.RequestBatterySwapResponse = refusal
      ? { status: 'Rejected', statusInfo: { reasonCode: refusal } }
      : { status: 'Accepted' };
    this.#answers.set(requestId, answer);
    if (!refusal) this.#grant(token, { requestId, isRemote: true, ...slotsIn(asked) });
    return answer;
  }

  /** The server's word on whether a vehicle may leave. @returns whether that swap is under way here */
  allowRelease(requestId: number, isAllowed: boolean): boolean {
    if (this.#exchange?.requestId !== requestId) return false;
    this.#exchange.allowRelease(isAllowed);
    return true;
  }

  #whyNot(token: string): string | undefined {
    const { memory, slots, faults } = this.#site;
    if (!memory.settings.operative) return 'NotEnabled';
    if (faults.strikes('no-stock')) return noBattery;
    const visit = [this.#visit, ...this.#queue].find((it) => it?.idToken.idToken.toLowerCase() === token);
    const { targetSoc } = memory.settings;
    this.#charging.measure();
    const isThere = visit
      ? chosen(slots, { ...visit, targetSoc }) !== undefined
      : slots.some((it) => it.pack && it.operative && it.pack.soc >= targetSoc);
    return isThere ? undefined : noBattery;
  }

  #grant(token: string, permit: Permit): void {
    if (this.#wanted?.token === token) {
      this.#wanted.wake(permit);
      return;
    }
    this.#grants.set(token, permit);
    // Nobody came: the station gives up and tells nobody (S02.FR.05).
    this.#site.life.after(this.#site.memory.settings.timeoutIn, () => {
      if (this.#grants.get(token) === permit) this.#grants.delete(token);
    });
  }

  async #attend(visit: Visit): Promise<Outcome> {
    const { life, memory, slots, faults, outbox, roster } = this.#site;
    const arrivedMs = life.scheduler.ms();
    const permit = await this.#permit(visit);
    if ('why' in permit) return { kind: 'refused', why: permit.why };
    const { requestId, isRemote, slots: setAside } = permit;
    this.#charging.measure();
    const isOut = !isRemote && faults.strikes('no-stock') !== undefined;
    const giving = isOut
      ? undefined
      : chosen(slots, { ...visit, targetSoc: memory.settings.targetSoc, ...(setAside && { slots: setAside }) });
    if (!giving) {
      if (roster.reportsSteps) outbox.tell(...eventsOf(this.#site, [swapStep(requestId, 'Aborted', noBattery)]));
      return { kind: 'refused', why: noBattery };
    }
    this.#exchange = new Exchange(this.#site, this.#charging, { visit, requestId, giving, arrivedMs }, this.#crash);
    const outcome = await this.#exchange.run();
    this.#exchange = undefined;
    return outcome;
  }

  /** The right to swap: granted from afar, or asked for with the driver's card. */
  async #permit(visit: Visit): Promise<Permit | { why: string }> {
    const token = visit.idToken.idToken.toLowerCase();
    const granted = this.#grants.get(token);
    this.#grants.delete(token);
    if (granted !== undefined) return granted;
    if (visit.startRemotely) return this.#startedRemotely(token, visit.startRemotely);
    const { status, ...given } = await authorised(this.#site, visit.idToken);
    if (status !== 'Accepted') return { why: status };
    return { requestId: ++this.#site.memory.lastRequestId, isRemote: false, ...given };
  }

  /** The driver starts from the phone; the server then asks us, or tells the driver why not. */
  async #startedRemotely(token: string, start: () => Promise<string | undefined>): Promise<Permit | { why: string }> {
    const { life, memory } = this.#site;
    const result = await life.awaited<Permit | { why: string }>((resolve) => {
      this.#wanted = { token, wake: resolve };
      life.scheduler.during(start()).then(
        (why) => why !== undefined && resolve({ why }),
        () => resolve({ why: 'NoConnection' }),
      );
      return life.after(memory.settings.timeoutIn, () => resolve({ why: 'NotStarted' }));
    });
    this.#wanted = undefined;
    return result;
  }
}
