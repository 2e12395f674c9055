// One run of a station's program, from boot to its end. What must outlive it is handed in.
import type { Chance } from '#units';
import type { Faults } from '../faults.ts';
import { Life } from '../life.ts';
import type { RosterStation } from '../roster.ts';
import type { Scheduler } from '../schedule.ts';
import { Bay } from './bay.ts';
import { Charging } from './charging.ts';
import { answer, type Commanded } from './commands.ts';
import { type Dial, Line } from './line.ts';
import type { Memory, Slot } from './memory.ts';
import { Outbox } from './outbox.ts';
import { eventsOf, type Site } from './site.ts';
import { availabilityOf, lockOf } from './variables.ts';
import type { Visit } from './visit.ts';
import { availability, cartridge, type ocpp, slotStatus, stationAvailability } from './wire.ts';

/** The station as it stands there, whatever its program does. */
export interface Hardware {
  readonly roster: RosterStation;
  readonly slots: readonly Slot[];
  readonly memory: Memory;
  readonly queue: Visit[];
  readonly faults: Faults;
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly dial: Dial;
  say(line: string): void;
  /** The program asks for its own end: by accident, or because somebody asked for it. */
  restart(how: { readonly isCrash: boolean; readonly rebootS: number; readonly forgets: boolean }): void;
}

const RESET_S = 30;

export class Program {
  readonly life: Life;
  readonly outbox: Outbox;
  readonly bay: Bay;
  readonly line: Line;
  readonly #charging: Charging;
  readonly #site: Site;
  readonly #reason: ocpp.BootReasonEnumType;
  #isBooted = false;

  constructor(hardware: Hardware, reason: ocpp.BootReasonEnumType) {
    const { roster, slots, memory, faults, chance, scheduler, dial, say, restart } = hardware;
    this.#reason = reason;
    this.life = new Life(scheduler);
    this.outbox = new Outbox(this.life, { faults, memory, say });
    this.#site = { roster, slots, memory, faults, chance, life: this.life, outbox: this.outbox, say };
    this.#charging = new Charging(this.#site);
    this.bay = new Bay(this.#site, this.#charging, hardware.queue, ({ reboot, forget }) =>
      restart({ isCrash: true, rebootS: Number(reboot), forgets: forget === 'requests' }),
    );
    const station: Commanded = {
      site: this.#site,
      charging: this.#charging,
      bay: this.bay,
      reboot: (_, isIdle) => this.#reboot(isIdle, restart),
      sayBoot: () => this.#boot(),
      sayHeartbeat: () => this.#heartbeat(),
    };
    this.line = new Line(this.life, {
      dial,
      settings: memory.settings,
      chance,
      say,
      answer: (_, call) => answer(station, call),
      nextMessageId: this.outbox.nextMessageId,
      up: (session) => {
        this.outbox.connected(session);
        if (!this.#isBooted) this.#boot(); // a lost connection is no boot
      },
      down: () => this.outbox.disconnected(),
    });
    this.#report();
    this.life.every(
      () => memory.settings.heartbeatS,
      () => this.#heartbeat(),
    );
    this.line.dial();
    this.bay.serve();
  }

  end({ isQuiet }: { readonly isQuiet: boolean }): void {
    this.life.end();
    this.line.end({ isQuiet });
    this.outbox.disconnected();
  }

  /** What stands where, and new transactions for all of it (S04.FR.11); told once the server has accepted us. */
  #report(): void {
    const { slots, memory } = this.#site;
    for (const it of slots) it.isLifted = false; // the robot puts back what it held
    const whole = memory.settings.operative ? [] : [stationAvailability('Unavailable')]; // it outlives a restart (G03)
    const states = slots.flatMap((it) => [
      availability(it.no, availabilityOf(it, memory.settings)),
      slotStatus(it.no, lockOf(it)),
      ...cartridge(it.no, it.pack),
    ]);
    this.outbox.tell(
      ...eventsOf(this.#site, [...whole, ...states]),
      ...this.#charging.started(slots.filter((it) => it.pack)),
    );
  }

  async #boot(): Promise<void> {
    const { roster, memory } = this.#site;
    const chargingStation = {
      vendorName: roster.vendor,
      model: roster.model,
      firmwareVersion: roster.firmware,
      serialNumber: roster.id.slice(0, 25),
    };
    let interval: number;
    let isAccepted: boolean;
    try {
      const boot: ocpp.BootNotificationRequest = {
        reason: this.#isBooted ? 'Triggered' : this.#reason,
        chargingStation,
      };
      const answer = (await this.outbox.ask('BootNotification', boot)) as ocpp.BootNotificationResponse;
      ({ interval } = answer);
      isAccepted = answer.status === 'Accepted';
    } catch (error) {
      if (!this.line.isUp || this.life.isOver) return; // the next connection boots
      this.#site.say(`BootNotification failed: ${(error as Error).message}`);
      [interval, isAccepted] = [30, false];
    }
    if (isAccepted) {
      this.#isBooted = true;
      if (interval > 0) memory.settings.heartbeatS = interval;
      this.outbox.open();
    } else {
      this.life.after(Math.max(interval, 10), () => {
        if (this.line.isUp && !this.#isBooted) this.#boot();
      });
    }
  }

  #heartbeat(): void {
    if (this.outbox.isOnline) this.outbox.ask('Heartbeat', {}).catch(() => {}); // the next one will do
  }

  #reboot(isIdle: boolean, restart: Hardware['restart']): void {
    if (isIdle && this.bay.isExchanging) {
      this.life.after(10, () => this.#reboot(isIdle, restart));
      return;
    }
    const { slots } = this.#site;
    this.outbox.tell(...this.#charging.stopped(slots, 'ImmediateReset'));
    restart({ isCrash: false, rebootS: RESET_S, forgets: false });
  }
}
