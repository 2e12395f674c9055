// One swap, step by step (use case S03): the vehicle's packs in, charged ones out. What happened and the message that
// tells it are one act, so that a crash between two steps leaves every pack either here or there.
import { Died } from '../life.ts';
import type { Pack } from '../pack.ts';
import { type MachineStep, machineSteps } from '../roster.ts';
import type { Charging } from './charging.ts';
import { measured } from './checks.ts';
import { freeSlots } from './choose.ts';
import type { Slot } from './memory.ts';
import { eventsOf, type Site } from './site.ts';
import type { Outcome, Visit } from './visit.ts';
import { availability, batteryData, cartridge, type Happening, type ocpp, swapStep, type Told } from './wire.ts';

export interface Task {
  readonly visit: Visit;
  readonly requestId: number;
  /** The slots whose packs go out. */
  readonly giving: readonly Slot[];
  readonly arrivedMs: number;
}

/** A machine's step in the words of NotifyEvent. */
const said: Record<MachineStep, string | undefined> = {
  positioned: 'Positioned',
  'locked-out': 'LockedOut',
  removed: 'Removed',
  stored: 'Stored',
  picked: 'Picked',
  installed: 'Installed',
  checked: undefined, // the checks speak for themselves
};

const outFirst: readonly MachineStep[] = [
  'positioned',
  'locked-out',
  'removed',
  'picked',
  'stored',
  'installed',
  'checked',
];

/** How long a vehicle is kept when the server says nothing, and when it says no: then staff takes it out of the bay. */
const SILENCE_S = 900;
const BLOCKED_S = 1800;
/** How often we look whether there still is a connection. */
const LOOK_S = 15;

export class Exchange {
  readonly requestId: number;
  readonly #site: Site;
  readonly #charging: Charging;
  readonly #task: Task;
  readonly #crash: (options: { reboot: string; forget: string }) => void;
  /** Where the packs that come in go. Without free slots, where those that go out have been: then out before in. */
  readonly #into: readonly Slot[];
  readonly #isOutFirst: boolean;
  readonly #bringsPacks: boolean;
  #mayLeave: boolean | undefined;
  #wake: (() => void) | undefined;

  constructor(
    site: Site,
    charging: Charging,
    task: Task,
    crash: (options: { reboot: string; forget: string }) => void,
  ) {
    this.#site = site;
    this.#charging = charging;
    this.#task = task;
    this.#crash = crash;
    this.requestId = task.requestId;
    const free = freeSlots(site.slots, task.visit.packs.length);
    this.#into = free ?? task.giving;
    this.#isOutFirst = free === undefined;
    this.#bringsPacks = task.visit.packs.length > 0;
  }

  async run(): Promise<Outcome> {
    const { life, faults } = this.#site;
    // Whose request it is, for a server that knows the driver but not yet our number.
    const who = this.#task.visit.idToken.idToken;
    this.#tell(this.#events([swapStep(this.requestId, 'Arrived', who)], this.#task.arrivedMs));
    this.#tell(this.#events([swapStep(this.requestId, 'Identified', who)]));
    for (const { step, seconds } of this.#steps()) {
      await life.wait(seconds);
      if (step === 'picked' && !this.#isOutFirst && faults.strikes('out-timeout')) return this.#notTaken();
      this.#do(step);
      this.#crashAfter(step);
    }
    if (this.#site.roster.reportsSteps) await this.#release();
    return { kind: 'swapped' };
  }

  allowRelease(isAllowed: boolean): void {
    this.#mayLeave = isAllowed;
    this.#wake?.();
  }

  /** The roster's steps in the machine's order; packs are moved whatever it lists. */
  #steps(): { step: MachineStep; seconds: number }[] {
    const { steps, swapSeconds } = this.#site.roster;
    const given = new Map(steps.map((it) => [it.step, it.seconds]));
    if (given.size === 0) given.set('installed', swapSeconds);
    const order = this.#isOutFirst ? outFirst : machineSteps;
    return order
      .filter((it) => given.has(it) || it === 'stored' || it === 'picked' || it === 'installed')
      .filter((it) => this.#bringsPacks || (it !== 'removed' && it !== 'stored'))
      .map((step) => ({ step, seconds: given.get(step) ?? 0 }));
  }

  #do(step: MachineStep): void {
    const told = said[step];
    const news = told === undefined ? [] : [swapStep(this.requestId, told)];
    if (step === 'stored') this.#tell(...this.#store(news));
    else if (step === 'picked') this.#tell(...this.#pick(news));
    else if (step === 'installed') this.#tell(...this.#install(news));
    else this.#tell(this.#events(news));
  }

  #store(news: readonly Happening[]): Told[] {
    const { visit, giving } = this.#task;
    const coming = visit.packs.splice(0);
    const going = this.#isOutFirst ? this.#handOver() : [];
    coming.forEach((pack, index) => {
      this.#into[index]!.pack = pack;
    });
    const into = this.#into.slice(0, coming.length);
    return [
      ...(going.length > 0 ? [this.#battery('BatteryOut', giving, going)] : []),
      this.#battery('BatteryIn', into, coming, this.#misread(coming)),
      ...this.#events([
        ...news,
        ...into.flatMap((it) => [availability(it.no, 'Occupied'), ...cartridge(it.no, it.pack)]),
      ]),
      ...this.#charging.started(into),
    ];
  }

  #pick(news: readonly Happening[]): Told[] {
    const { giving } = this.#task;
    const ended = this.#charging.removed(giving);
    for (const it of giving) it.isLifted = true;
    return [
      ...ended,
      ...this.#events([
        ...news,
        ...giving.flatMap((it) => [availability(it.no, 'Available'), ...cartridge(it.no, undefined)]),
      ]),
    ];
  }

  #install(news: readonly Happening[]): Told[] {
    const { giving } = this.#task;
    const going = this.#isOutFirst ? [] : this.#handOver();
    return [...(going.length > 0 ? [this.#battery('BatteryOut', giving, going)] : []), ...this.#events(news)];
  }

  /** From the robot into the vehicle. */
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

  /** Nobody took the packs (S03.FR.06): they stay, and the driver goes without. */
  async #notTaken(): Promise<Outcome> {
    const { life, memory } = this.#site;
    const { giving } = this.#task;
    await life.wait(memory.settings.timeoutOut);
    this.#charging.measure();
    this.#tell(
      this.#battery(
        'BatteryOutTimeout',
        giving,
        giving.map((it) => it.pack!),
      ),
    );
    return { kind: 'left' };
  }

  /** Checks, and keeps the vehicle until the server lets it go. Alone it relies on its own checks. */
  async #release(): Promise<void> {
    const { life, faults } = this.#site;
    const damage = faults.strikes('damaged-pack');
    this.#tell(this.#checks(damage?.check));
    if (damage) {
      await life.wait(Number(damage.seconds));
      this.#mayLeave = undefined;
      this.#tell(this.#checks());
    }
    const isFree = await this.#freed();
    this.#tell(
      this.#events([
        isFree
          ? swapStep(this.requestId, 'Released')
          : swapStep(this.requestId, 'Aborted', 'taken out of the bay by staff'),
      ]),
    );
  }

  async #freed(): Promise<boolean> {
    const { life, outbox } = this.#site;
    for (let waitedS = 0; this.#mayLeave !== true; waitedS += LOOK_S) {
      if (!outbox.isOnline && this.#mayLeave === undefined) return true;
      if (waitedS >= (this.#mayLeave === false ? BLOCKED_S : SILENCE_S)) return this.#mayLeave === undefined;
      await life.awaited<void>((resolve) => {
        this.#wake = resolve;
        return life.after(LOOK_S, resolve);
      });
    }
    return true;
  }

  #checks(failing?: string): Told[] {
    const { roster, chance } = this.#site;
    return eventsOf(this.#site, measured(roster, this.requestId, this.#task.visit.packs, chance, failing));
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
    const data = packs.map((pack, index) => batteryData(slots[index]!.no, pack, index === 0 ? misread : undefined));
    const { idToken } = this.#task.visit;
    return { action: 'BatterySwap', payload: { eventType, requestId: this.requestId, idToken, batteryData: data } };
  }

  /** Single steps are told only where the station reports them; what its slots sense always is. */
  #events(events: readonly Happening[], atMs = this.#site.life.scheduler.ms()): Told[] {
    const told = this.#site.roster.reportsSteps ? events : events.filter((it) => it.variable.name !== 'SwapStep');
    return eventsOf(
      this.#site,
      told.map((it) => ({ ...it, atMs })),
    );
  }

  #tell(...messages: readonly (Told | readonly Told[])[]): void {
    this.#site.outbox.tell(...messages.flat());
  }

  #crashAfter(step: MachineStep): void {
    const crash = this.#site.faults.strikes('crash', (it) => it.step === step);
    if (!crash) return;
    this.#crash(crash);
    throw new Died();
  }
}
