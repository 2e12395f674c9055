// A simulated swap station: real OCPP 2.1 to the outside, a machine with slots, packs and vehicles inside.
import type { Chance } from '#units';
import { Faults } from '../faults.ts';
import { type MakePack, packMaker } from '../pack.ts';
import type { RosterStation } from '../roster.ts';
import type { Cancel, Scheduler } from '../schedule.ts';
import type { Dial } from './line.ts';
import { newMemory, type Slot, slotsOf } from './memory.ts';
import { type Hardware, Program } from './program.ts';
import type { Visit } from './visit.ts';

export type { Dial, Wire } from './line.ts';
export type { Slot } from './memory.ts';
export type { Outcome, Visit } from './visit.ts';

export interface StationWorld {
  /** Opens a connection to the server; called again after each loss. */
  readonly socket: Dial;
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly faults?: Faults;
  /** Makes the packs in its slots; the packs of its own chance when absent. */
  readonly makePack?: MakePack;
  /** How long after this call it boots, in simulated seconds; at once when absent. */
  readonly startAfterS?: number;
  /** A line for whoever watches. */
  readonly say?: (line: string) => void;
}

export interface Station {
  readonly id: string;
  readonly slots: readonly Slot[];
  /** Can be switched while the station runs. */
  readonly faults: Faults;
  /** A vehicle comes and waits for its turn. */
  arrive(visit: Visit): void;
  /** Vehicles here, the one in the bay included. */
  readonly waiting: number;
  readonly isSwapping: boolean;
  readonly isConnected: boolean;
  /** Messages that are kept because nobody answered them yet. */
  readonly unanswered: number;
  /** The network is gone for a while. */
  cut(seconds: number): void;
  /** The program dies as it stands, and starts again; its message ids start again with it. */
  crash(options?: { readonly rebootS?: number; readonly forgets?: boolean }): void;
  stop(): void;
}

/** Puts a station up and boots it. */
export function startStation(roster: RosterStation, world: StationWorld): Station {
  const { scheduler, chance } = world;
  const faults = world.faults ?? new Faults(chance.fork('faults'));
  const memory = { ...newMemory(), lastRequestId: roster.lastRequestId ?? 0 };
  const aged = chance.fork('packs');
  const makePack = world.makePack ?? packMaker(aged, scheduler.ms());
  const slots = slotsOf(roster, makePack, () => aged.between(20, 600));
  const queue: Visit[] = [];
  let program: Program | undefined;
  let isCut = false;
  let isStopped = false;
  const plans: Cancel[] = [];

  const restart: Hardware['restart'] = ({ isCrash, rebootS, forgets }) => {
    const ended = program;
    if (!ended) return;
    program = undefined;
    const interrupted = ended.bay.visit;
    ended.end({ isQuiet: isCrash });
    if (isCrash) memory.lastMessageId = 0;
    if (forgets) memory.lastRequestId = 0;
    interrupted?.done({ kind: 'interrupted' });
    plans.push(scheduler.after(rebootS, () => boot(isCrash ? 'PowerUp' : 'RemoteReset')));
  };
  const hardware: Hardware = {
    roster,
    slots,
    memory,
    queue,
    faults,
    chance: chance.fork('program'),
    scheduler,
    dial: world.socket,
    say: (line) => world.say?.(`${roster.id}: ${line}`),
    restart,
  };
  const boot = (reason: 'PowerUp' | 'RemoteReset') => {
    if (isStopped) return;
    program = new Program(hardware, reason);
    if (isCut) program.line.cut();
  };
  const cut = (seconds: number) => {
    isCut = true;
    program?.line.cut();
    plans.push(
      scheduler.after(seconds, () => {
        isCut = false;
        program?.line.mend();
      }),
    );
  };
  const cutAgain = () => {
    const options = faults.strikes('cut');
    if (!options) return;
    plans.push(
      scheduler.after(Number(options.after), () => {
        cut(Number(options.seconds));
        if (Number(options.every) > 0)
          plans.push(scheduler.after(Number(options.every) - Number(options.after), cutAgain));
      }),
    );
  };

  if (world.startAfterS) plans.push(scheduler.after(world.startAfterS, () => boot('PowerUp')));
  else boot('PowerUp');
  cutAgain();
  return {
    id: roster.id,
    slots,
    faults,
    arrive(visit) {
      queue.push(visit);
      program?.bay.serve();
    },
    get waiting() {
      return queue.length + (program?.bay.visit ? 1 : 0);
    },
    get isSwapping() {
      return program?.bay.isExchanging ?? false;
    },
    get isConnected() {
      return program?.outbox.isOnline ?? false;
    },
    get unanswered() {
      return memory.outbox.length + memory.heldBack.length;
    },
    cut,
    crash({ rebootS = 60, forgets = false } = {}) {
      restart({ isCrash: true, rebootS, forgets });
    },
    stop() {
      isStopped = true;
      for (const cancel of plans) cancel();
      program?.end({ isQuiet: false });
      program = undefined;
    },
  };
}
