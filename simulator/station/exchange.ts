// One swap, step by step (use case S03): the vehicle's packs in, charged ones out, and away when the server lets it go.
import { Died } from '../life.ts';
import type { MachineStep } from '../roster.ts';
import type { Charging } from './charging.ts';
import { measured } from './checks.ts';
import { Release } from './release.ts';
import { Robot, type Task, toldBy } from './robot.ts';
import { eventsOf, type Site } from './site.ts';
import { said, stepsOf } from './steps.ts';
import type { Outcome } from './visit.ts';
import { type Happening, swapStep, type Told } from './wire.ts';

export class Exchange {
  readonly requestId: number;
  readonly #site: Site;
  readonly #task: Task;
  readonly #robot: Robot;
  readonly #release: Release;
  readonly #crash: (options: { reboot: string; forget: string }) => void;
  readonly #bringsPacks: boolean;

  constructor(
    site: Site,
    charging: Charging,
    task: Task,
    crash: (options: { reboot: string; forget: string }) => void,
  ) {
    this.#site = site;
    this.#task = task;
    this.#robot = new Robot(site, charging, task);
    this.#release = new Release(site);
    this.#crash = crash;
    this.requestId = task.requestId;
    this.#bringsPacks = task.visit.packs.length > 0;
  }

  /** @throws Died when the program ends meanwhile */
  async run(): Promise<Outcome> {
    const { life, faults, roster } = this.#site;
    const { isOutFirst } = this.#robot;
    // Whose request it is, for a server that knows the driver but not yet our number.
    const who = this.#task.visit.idToken.idToken;
    this.#tell(this.#events([swapStep(this.requestId, 'Arrived', who)], this.#task.arrivedMs));
    this.#tell(this.#events([swapStep(this.requestId, 'Identified', who)]));
    for (const { step, seconds } of stepsOf(roster, { isOutFirst, bringsPacks: this.#bringsPacks })) {
      await life.wait(seconds);
      if (step === 'picked' && !isOutFirst && faults.strikes('out-timeout')) return this.#notTaken();
      this.#do(step);
      this.#crashAfter(step);
    }
    if (roster.reportsSteps) await this.#letGo();
    return { kind: 'swapped' };
  }

  allowRelease(isAllowed: boolean): void {
    this.#release.allow(isAllowed);
  }

  #do(step: MachineStep): void {
    const told = said[step];
    const news = told === undefined ? [] : [swapStep(this.requestId, told)];
    if (step === 'stored') this.#tell(this.#robot.store(news));
    else if (step === 'picked') this.#tell(this.#robot.pick(news));
    else if (step === 'installed') this.#tell(this.#robot.install(news));
    else this.#tell(this.#events(news));
  }

  /** Nobody took the packs (S03.FR.06): they stay, and the driver goes without. */
  async #notTaken(): Promise<Outcome> {
    const { life, memory } = this.#site;
    await life.wait(memory.settings.timeoutOut);
    this.#tell([this.#robot.keep()]);
    return { kind: 'left' };
  }

  /** Checks, and keeps the vehicle until the server lets it go. */
  async #letGo(): Promise<void> {
    const { life, faults } = this.#site;
    const damage = faults.strikes('damaged-pack');
    this.#tell(this.#checks(damage?.check));
    if (damage) {
      await life.wait(Number(damage.seconds));
      this.#release.askAgain();
      this.#tell(this.#checks());
    }
    const isFree = await this.#release.given();
    this.#tell(
      this.#events([
        isFree
          ? swapStep(this.requestId, 'Released')
          : swapStep(this.requestId, 'Aborted', 'taken out of the bay by staff'),
      ]),
    );
  }

  #checks(failing?: string): Told[] {
    const { roster, chance } = this.#site;
    return eventsOf(this.#site, measured(roster, this.requestId, this.#task.visit.packs, chance, failing));
  }

  #events(events: readonly Happening[], atMs = this.#site.life.scheduler.ms()): Told[] {
    return eventsOf(
      this.#site,
      toldBy(this.#site, events).map((it) => ({ ...it, atMs })),
    );
  }

  #tell(messages: readonly Told[]): void {
    this.#site.outbox.tell(...messages);
  }

  #crashAfter(step: MachineStep): void {
    const crash = this.#site.faults.strikes('crash', (it) => it.step === step);
    if (!crash) return;
    this.#crash(crash);
    throw new Died();
  }
}
