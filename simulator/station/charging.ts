// Charging in the slots (use case S04): one transaction from the moment a pack is stored until it is taken, with meter
// values while it runs. Event-driven: between two events every pack draws the same power.
import { warmedC } from '../heat.ts';
import { acceptsW, addEnergy, fullWh, type Pack, sharedW } from '../pack.ts';
import type { Cancel } from '../schedule.ts';
import type { Slot } from './memory.ts';
import { eventsOf, type Site } from './site.ts';
import { begun, type Change, type Transaction, tokenOf, told } from './transaction.ts';
import { type ocpp, type Told, temperature } from './wire.ts';

const periodic: Change = { eventType: 'Updated', triggerReason: 'MeterValuePeriodic', context: 'Sample.Periodic' };

export class Charging {
  readonly #site: Site;
  readonly #bySlot = new Map<number, Transaction>();
  #drawnUntilMs: number;
  #full: Cancel | undefined;

  constructor(site: Site) {
    this.#site = site;
    this.#drawnUntilMs = site.life.scheduler.ms();
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

  /** Packs are connected now. @returns what is to be told */
  started(slots: readonly Slot[]): Told[] {
    this.#draw();
    const fresh = slots.flatMap((slot) => (slot.pack && slot.operative ? [this.#begin(slot, slot.pack)] : []));
    this.#share();
    return fresh.map((it) =>
      this.#event(it, {
        eventType: 'Started',
        triggerReason: 'CablePluggedIn',
        context: 'Transaction.Begin',
        chargingState: it.state,
        idToken: tokenOf(this.#site),
      }),
    );
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
    this.#draw();
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

  /** Brings the packs' charge up to now, for whoever is about to read it. */
  measure(): void {
    this.#draw();
  }

  #begin(slot: Slot, pack: Pack): Transaction {
    const transaction = begun(this.#site, slot, pack);
    this.#bySlot.set(slot.no, transaction);
    return transaction;
  }

  #end(slots: readonly Slot[], how: Pick<Change, 'triggerReason' | 'stoppedReason'>): Told[] {
    this.#draw();
    const ended = slots.flatMap((it) => this.#bySlot.get(it.no) ?? []);
    for (const it of ended) {
      it.powerW = 0;
      this.#bySlot.delete(it.slot.no);
    }
    this.#share();
    return ended.map((it) =>
      this.#event(it, { eventType: 'Ended', context: 'Transaction.End', chargingState: 'Idle', ...how }),
    );
  }

  #report(): void {
    this.#draw();
    const running = [...this.#bySlot.values()].filter((it) => it.state === 'Charging');
    this.#share(); // the more charged, the less it takes
    this.#site.outbox.tell(...running.map((it) => this.#event(it, periodic)), ...this.#warmer());
  }

  /** Packs whose temperature is another than was told last, by a degree or more. */
  #warmer(): Told[] {
    const changed = [...this.#bySlot.values()].filter((it) => Math.abs(it.pack.temperatureC - it.toldC) >= 1);
    for (const it of changed) it.toldC = it.pack.temperatureC;
    return eventsOf(
      this.#site,
      changed.map((it) => temperature(it.slot.no, it.pack)),
    );
  }

  /** Packs that have reached MaxSoc rest; their transactions stay open (S04.FR.05), for what they may give back. */
  #rest(): void {
    this.#draw();
    const { maxSoc } = this.#site.memory.settings;
    const full = [...this.#bySlot.values()].filter((it) => it.state === 'Charging' && it.pack.soc >= maxSoc - 1e-6);
    for (const it of full) {
      it.state = 'SuspendedEVSE';
      it.powerW = 0;
    }
    this.#share();
    this.#site.outbox.tell(
      ...full.map((it) =>
        this.#event(it, {
          eventType: 'Updated',
          triggerReason: 'EnergyLimitReached',
          context: 'Sample.Periodic',
          chargingState: 'SuspendedEVSE',
        }),
      ),
    );
  }

  /** Books the energy that flowed since the last time. */
  #draw(): void {
    const now = this.#site.life.scheduler.ms();
    const hours = (now - this.#drawnUntilMs) / 3_600_000;
    this.#drawnUntilMs = now;
    const { maxSoc } = this.#site.memory.settings;
    for (const { pack, powerW, slot } of this.#bySlot.values()) {
      const roomWh = Math.max(((maxSoc - pack.soc) / 100) * fullWh(pack), 0);
      const wh = Math.min(powerW * hours, roomWh);
      pack.temperatureC = warmedC(pack.temperatureC, powerW, hours * 3600, pack.capacityWh);
      addEnergy(pack, wh);
      slot.registerWh += wh;
    }
  }

  /** Divides the station's power anew, and looks when the first pack will be full. */
  #share(): void {
    const { roster, memory, life } = this.#site;
    const charging = [...this.#bySlot.values()].filter((it) => it.state === 'Charging');
    const powers = sharedW(
      charging.map((it) => acceptsW(it.pack, roster.chargeTurnHours)),
      roster.powerLimitW,
    );
    let hours = Number.POSITIVE_INFINITY;
    charging.forEach((it, index) => {
      it.powerW = powers[index]!;
      const roomWh = ((memory.settings.maxSoc - it.pack.soc) / 100) * fullWh(it.pack);
      hours = Math.min(hours, Math.max(roomWh, 0) / it.powerW);
    });
    this.#full?.();
    this.#full = Number.isFinite(hours) ? life.after(hours * 3600, () => this.#rest()) : undefined;
  }

  #event(it: Transaction, change: Change): Told {
    return told(this.#site, it, change);
  }
}
