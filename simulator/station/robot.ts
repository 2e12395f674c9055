// What moves packs between vehicle and slots, and the messages that tell it: one act each, so that a crash between two
// steps leaves every pack either here or there.
import { type Pack, ROAD_C } from '../pack.ts';
import type { Charging } from './charging.ts';
import { freeSlots } from './choose.ts';
import type { Slot } from './memory.ts';
import { eventsOf, type Site } from './site.ts';
import type { Visit } from './visit.ts';
import {
  availability,
  batteryData,
  cartridge,
  counted,
  type Happening,
  type ocpp,
  slotStatus,
  type Told,
} from './wire.ts';

export interface Task {
  readonly visit: Visit;
  readonly requestId: number;
  /** The slots whose packs go out. */
  readonly giving: readonly Slot[];
  readonly arrivedMs: number;
}

export class Robot {
  readonly #site: Site;
  readonly #charging: Charging;
  readonly #task: Task;
  /** Where the packs that come in go. Without free slots, where those that go out have been: then out before in. */
  readonly #into: readonly Slot[];
  readonly isOutFirst: boolean;

  constructor(site: Site, charging: Charging, task: Task) {
    this.#site = site;
    this.#charging = charging;
    this.#task = task;
    const free = freeSlots(site.slots, task.visit.packs.length);
    this.#into = free ?? task.giving;
    this.isOutFirst = free === undefined;
  }

  /** From the vehicle into slots, where they begin to charge. `news` is told with it. */
  store(news: readonly Happening[]): Told[] {
    const { visit, giving } = this.#task;
    const coming = visit.packs.splice(0);
    for (const it of coming) {
      it.rest(this.#site.life.scheduler.ms(), ROAD_C);
      it.look();
    }
    const going = this.isOutFirst ? this.#handOver() : [];
    coming.forEach((pack, index) => {
      this.#into[index]!.pack = pack;
    });
    const into = this.#into.slice(0, coming.length);
    return [
      ...(going.length > 0 ? [this.#battery('BatteryOut', giving, going)] : []),
      this.#battery('BatteryIn', into, coming, this.#misread(coming)),
      ...this.#events([
        ...news,
        ...into.flatMap((it) => [
          availability(it.no, 'Occupied'),
          slotStatus(it.no, 'Locked'),
          ...cartridge(it.no, it.pack),
        ]),
      ]),
      // Each by itself: a message has its pack's serial number and all that goes with it.
      ...into.flatMap((it) => (it.pack ? this.#events(counted(it.no, it.pack)) : [])),
      ...this.#charging.started(into),
    ];
  }

  /** Out of their slots, into the robot's hands. */
  pick(news: readonly Happening[]): Told[] {
    const { giving } = this.#task;
    const ended = this.#charging.removed(giving);
    for (const it of giving) it.isLifted = true;
    return [
      ...ended,
      ...this.#events([
        ...news,
        ...giving.flatMap((it) => [
          availability(it.no, 'Available'),
          slotStatus(it.no, 'Open'),
          ...cartridge(it.no, undefined),
        ]),
      ]),
    ];
  }

  /** Into the vehicle, unless that had to be done before. */
  install(news: readonly Happening[]): Told[] {
    const { giving } = this.#task;
    const going = this.isOutFirst ? [] : this.#handOver();
    return [...(going.length > 0 ? [this.#battery('BatteryOut', giving, going)] : []), ...this.#events(news)];
  }

  /** Nobody took the packs: they stay where they are. */
  keep(): Told {
    const { giving } = this.#task;
    this.#charging.measure();
    return this.#battery(
      'BatteryOutTimeout',
      giving,
      giving.map((it) => it.pack!),
    );
  }

  #handOver(): Pack[] {
    const { giving, visit } = this.#task;
    const packs = giving.map((slot) => slot.pack!);
    for (const it of giving) {
      it.pack = undefined;
      it.isLifted = false;
    }
    for (const it of packs) it.matings++;
    visit.packs.push(...packs);
    return packs;
  }

  #misread(packs: readonly Pack[]): string | undefined {
    if (!this.#site.faults.strikes('wrong-serial')) return undefined;
    const serial = packs[0]!.serial;
    return `${serial.slice(0, -1)}${serial.endsWith('7') ? '1' : '7'}`;
  }

  #battery(
    eventType: ocpp.BatterySwapRequest['eventType'],
    slots: readonly Slot[],
    packs: readonly Pack[],
    misread?: string,
  ): Told {
    const { visit, requestId } = this.#task;
    const data = packs.map((pack, index) => batteryData(slots[index]!.no, pack, index === 0 ? misread : undefined));
    return { action: 'BatterySwap', payload: { eventType, requestId, idToken: visit.idToken, batteryData: data } };
  }

  #events(events: readonly Happening[]): Told[] {
    return eventsOf(this.#site, toldBy(this.#site, events));
  }
}

/** Single steps are told only where the station reports them; what its slots sense always is. */
export const toldBy = ({ roster }: Site, events: readonly Happening[]): readonly Happening[] =>
  roster.reportsSteps ? events : events.filter((it) => it.variable.name !== 'SwapStep');
