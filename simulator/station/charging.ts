// Charging in the slots (use case S04): one transaction from the moment a pack is stored until it is taken, with meter
// values while it runs. Event-driven: between two events the station lets every pack draw the same power.
import { type Pack, STATION_C } from '../pack.ts';
import type { Cancel } from '../schedule.ts';
import { draw, share } from './flow.ts';
import { Hot } from './hot.ts';
import type { Slot } from './memory.ts';
import { eventsOf, type Site } from './site.ts';
import { begun, type Change, sample, type Transaction, tokenOf, told, toldAtMs } from './transaction.ts';
import { type ocpp, type Told, temperature } from './wire.ts';

const periodic: Change = { eventType: 'Updated', triggerReason: 'MeterValuePeriodic', context: 'Sample.Periodic' };
const abnormal: Change = { eventType: 'Updated', triggerReason: 'AbnormalCondition', context: 'Other' };
const suspended: Change = {
  eventType: 'Updated',
  triggerReason: 'EnergyLimitReached',
  context: 'Sample.Periodic',
  chargingState: 'SuspendedEVSE',
};
/** How soon we look again whether a pack is full. */
const LOOKS_AGAIN_S = 30;

export class Charging {
  readonly #site: Site;
  readonly #bySlot = new Map<number, Transaction>();
  readonly #hot: Hot;
  #look: Cancel | undefined;

  constructor(site: Site) {
    this.#site = site;
    this.#hot = new Hot(
      site,
      () => this.#upToNow(),
      (hot) => site.outbox.tell(...hot.map((it) => this.#event(it, abnormal, { isEdge: true }))),
    );
    const { settings } = site.memory;
    // Stations do not report in step.
    site.life.after(site.chance.next() * settings.updatedEveryS, () => {
      this.#report();
      site.life.every(
        () => settings.updatedEveryS,
        () => this.#report(),
      );
    });
  }

  /** Packs are connected now. @returns what is to be told: how they stand before a current flows */
  started(slots: readonly Slot[]): Told[] {
    this.#draw();
    const fresh = slots.flatMap((slot) => (slot.pack && slot.operative ? [this.#begin(slot, slot.pack)] : []));
    const started = fresh.map((it) =>
      this.#event(it, {
        eventType: 'Started',
        triggerReason: 'CablePluggedIn',
        context: 'Transaction.Begin',
        chargingState: it.state,
        idToken: tokenOf(this.#site),
      }),
    );
    this.#share();
    return started;
  }

  /** Packs are disconnected now, by the robot or a driver. */
  removed(slots: readonly Slot[]): Told[] {
    return this.#end(slots, { triggerReason: 'EVCommunicationLost', stoppedReason: 'EVDisconnected' });
  }

  /** The station stops charging of its own accord. */
  stopped(slots: readonly Slot[], stoppedReason: ocpp.ReasonEnumType): Told[] {
    return this.#end(slots, { triggerReason: 'AbnormalCondition', stoppedReason });
  }

  /** What runs now, as an update that somebody asked for. */
  triggered(slotNo?: number): Told[] {
    this.measure();
    return [...this.#bySlot.values()]
      .filter((it) => slotNo === undefined || it.slot.no === slotNo)
      .map((it) =>
        this.#event(it, {
          eventType: 'Updated',
          triggerReason: 'Trigger',
          context: 'Trigger',
          chargingState: it.state,
        }),
      );
  }

  /** How much power a slot draws now; nothing when no transaction runs there. */
  powerOf(slotNo: number): number | undefined {
    return this.#bySlot.get(slotNo)?.powerW;
  }

  /** Under which id a slot charges; nothing when it does not. */
  transactionIn(slotNo: number): string | undefined {
    return this.#bySlot.get(slotNo)?.id;
  }

  /** Brings all packs here up to now, for whoever is about to read them. */
  measure(): void {
    this.#draw();
    for (const { pack, isLifted } of this.#site.slots) if (!isLifted) pack?.rest(this.#now(), STATION_C);
  }

  #begin(slot: Slot, pack: Pack): Transaction {
    pack.rest(this.#now(), STATION_C);
    const transaction = begun(this.#site, slot, pack);
    this.#bySlot.set(slot.no, transaction);
    this.#hot.mind(pack);
    return transaction;
  }

  #end(slots: readonly Slot[], how: Pick<Change, 'triggerReason' | 'stoppedReason'>): Told[] {
    this.#draw();
    const ended = slots.flatMap((it) => this.#bySlot.get(it.no) ?? []);
    const messages = ended.map((it) => {
      this.#bySlot.delete(it.slot.no);
      it.pack.rest(this.#now(), STATION_C);
      const change: Change = { eventType: 'Ended', context: 'Transaction.End', chargingState: 'Idle', ...how };
      const last = sample(this.#site, it, { isEdge: true });
      return told(this.#site, it, change, it.stopped ? [it.stopped, last] : [last]);
    });
    this.#share();
    return messages;
  }

  #report(): void {
    this.#draw();
    const running = [...this.#bySlot.values()].filter((it) => it.state === 'Charging');
    const messages = running.map((it) => this.#event(it, periodic));
    this.#share(); // the more charged, the less it takes
    this.#site.outbox.tell(...messages, ...this.#warmer());
  }

  /** Packs whose temperature is another than was told last, by a degree or more. */
  #warmer(): Told[] {
    for (const { state, pack } of this.#bySlot.values())
      if (state !== 'Charging' && isRestless(pack)) {
        pack.rest(this.#now(), STATION_C);
        pack.look();
      }
    const changed = [...this.#bySlot.values()].filter((it) => Math.abs(it.pack.temperatureC - it.toldC) >= 1);
    for (const it of changed) it.toldC = it.pack.temperatureC;
    return eventsOf(
      this.#site,
      changed.map((it) => temperature(it.slot.no, it.pack)),
    );
  }

  /**
   * Packs that are full rest; their transactions stay open (S04.FR.05), for what they may give back. It is told a minute
   * later, with a sample of before and one of after: the last under a current, and the voltage that has come back. Half an
   * hour later their cells are told once more.
   */
  #tellResting(): void {
    this.#draw();
    const due = [...this.#bySlot.values()].flatMap((it) => {
      const { stopped } = it;
      if (!stopped || this.#now() < toldAtMs(stopped) - 1) return [];
      it.pack.rest(this.#now(), STATION_C);
      const now = sample(this.#site, it, { isEdge: true });
      if (stopped.isTold) {
        it.stopped = { ...stopped, hasRested: true };
        return [told(this.#site, it, periodic, [now])];
      }
      it.stopped = { ...stopped, isTold: true };
      return [told(this.#site, it, { ...suspended, atMs: stopped.atMs }, [stopped, now])];
    });
    this.#share();
    this.#site.outbox.tell(...due);
  }

  #upToNow(): Transaction[] {
    this.#draw();
    const all = [...this.#bySlot.values()];
    for (const { state, pack } of all) if (state !== 'Charging') pack.rest(this.#now(), STATION_C);
    return all;
  }

  #draw(): void {
    draw(this.#site, this.#bySlot.values());
  }

  /** Divides the station's power anew, and plans when to look whether a pack is full, or has settled. */
  #share(): void {
    const waits = share(this.#site, [...this.#bySlot.values()]);
    this.#look?.();
    this.#look =
      waits.length === 0
        ? undefined
        : this.#site.life.after(Math.max(Math.min(...waits), LOOKS_AGAIN_S), () => this.#tellResting());
  }

  #event(it: Transaction, change: Change, { isEdge = change.eventType !== 'Updated' } = {}): Told {
    return told(this.#site, it, change, [sample(this.#site, it, { isEdge })]);
  }

  #now(): number {
    return this.#site.life.scheduler.ms();
  }
}

/** One that is sound and has cooled down is left alone until somebody asks for it. */
const isRestless = (pack: Pack): boolean => pack.isBroken || pack.temperatureC - STATION_C > 0.5;
