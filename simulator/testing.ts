// A server for the tests of stations, made of #link: it answers by a script and keeps what it heard. Every frame of the
// station is checked against the official schemas.
import assert from 'node:assert/strict';
import { type CallFrame, defaultLimits, type MemorySocket, Session, socketPair } from '#link';
import { chance } from '#units';
import { checkRequest, checkResponse } from '../src/ocpp/schema/check.ts';
import { Faults } from './faults.ts';
import { type MakePack, type Pack, packMaker } from './pack.ts';
import type { RosterPack, RosterStation, RosterVehicle } from './roster.ts';
import { type Outcome, type Station, startStation, type Visit } from './station/index.ts';
import { TurnedScheduler } from './turned.ts';

/** A call as the server heard it. */
export interface Heard {
  readonly id: string;
  readonly action: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into messages of all kinds
  readonly payload: any;
}

/** What stations sent against the official schemas, in all tests so far, and how much was checked. */
export const conformity = { checked: 0, faults: [] as string[] };

function check(what: string, fault: { readonly description: string } | undefined, payload: unknown): void {
  conformity.checked++;
  if (fault) conformity.faults.push(`${what}: ${fault.description} ${JSON.stringify(payload)}`);
}

type Script = (call: Heard) => object | undefined | Promise<object | undefined>;

export class Csms {
  readonly heard: Heard[] = [];
  readonly scheduler: TurnedScheduler;
  /** Answers instead of the usual answer when it returns something; throw OcppError to refuse. */
  script: Script = () => undefined;
  readonly problems: string[] = [];
  /** Refuses connections. */
  isDown = false;
  session: Session | undefined;
  #socket: MemorySocket | undefined;
  connections = 0;
  #lastId = 0;

  constructor(scheduler: TurnedScheduler) {
    this.scheduler = scheduler;
  }

  /** For `startStation`. */
  readonly dial = (): MemorySocket => {
    if (this.isDown) throw new Error('connection refused');
    const [station, server] = socketPair();
    this.connections++;
    this.#socket = server;
    this.session = new Session(
      server,
      {
        answer: (_, call) => this.#answer(call),
        hear: () => {},
        checkResult: (action, payload) => {
          check(`answer to ${action}`, checkResponse(action, payload), payload);
          return undefined;
        },
        problem: (_, { kind, detail }) => {
          this.problems.push(`${kind}: ${detail}`);
        },
        now: () => this.scheduler.ms(),
        setTimer: (run, afterMs) => this.scheduler.after(afterMs / 1000, run),
        clearTimer: (cancel) => (cancel as (() => void) | undefined)?.(),
        nextMessageId: () => `server-${++this.#lastId}`,
        limits: { ...defaultLimits, perSecond: 1e6, burst: 1e6 },
      },
      undefined,
    );
    return station;
  };

  /** The line breaks without a word. */
  cut(): void {
    this.#socket?.cut();
  }

  /** Asks the station something. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of all kinds
  async call(action: string, payload: object): Promise<any> {
    const fault = checkRequest(action, payload);
    if (fault) assert.fail(fault.description);
    return this.session!.call(action, payload);
  }

  /** What was heard of an action; all of it when none is named. */
  of(...actions: readonly string[]): Heard[] {
    return this.heard.filter((it) => actions.length === 0 || actions.includes(it.action));
  }

  clear(): void {
    this.heard.length = 0;
  }

  /** Events of NotifyEvent in the order heard, as `Variable[instance]=value@slot`. */
  events(variable?: string): string[] {
    return this.of('NotifyEvent')
      .flatMap((it) => it.payload.eventData)
      .filter((it) => variable === undefined || it.variable.name === variable)
      .map(
        (it) =>
          `${it.variable.name}${it.variable.instance ? `[${it.variable.instance}]` : ''}=${it.actualValue}` +
          (it.component.evse ? `@${it.component.evse.id}` : ''),
      );
  }

  async #answer({ messageId: id, action, payload }: CallFrame): Promise<object | undefined> {
    check(action, checkRequest(action, payload), payload);
    const call: Heard = { id, action, payload };
    this.heard.push(call);
    const scripted = await this.script(call);
    if (scripted) return scripted;
    switch (action) {
      case 'BootNotification':
        return { currentTime: this.scheduler.now().toString(), interval: 300, status: 'Accepted' };
      case 'Heartbeat':
        return { currentTime: this.scheduler.now().toString() };
      case 'Authorize':
        return { idTokenInfo: { status: 'Accepted' } };
      case 'BatterySwap':
        // As Packloop does: once the packs are out, and checks are good, the vehicle may leave.
        return {};
      case 'NotifyEvent':
        this.#judge(payload as Heard['payload']);
        return {};
      default:
        return {};
    }
  }

  /** Lets a vehicle go once its checks came in: with `isStrict`, only when locks and insulation are good. */
  #judge({ eventData }: Heard['payload']): void {
    const checks = eventData.filter((it: Heard['payload']) => it.variable.name === 'SafetyCheck');
    if (checks.length === 0) return;
    const instance = checks[0].component.instance as string;
    const isGood = checks.every(
      (it: Heard['payload']) => it.variable.instance !== 'Insulation' || Number(it.actualValue) >= 100,
    );
    this.release(instance, isGood).catch(() => {});
  }

  release(instance: string, isAllowed: boolean): Promise<unknown> {
    const component = { name: 'BatterySwapCtrlr', instance };
    const setVariableData = [{ component, variable: { name: 'ReleaseAllowed' }, attributeValue: String(isAllowed) }];
    return this.call('SetVariables', { setVariableData });
  }
}

export const rosterPack = (serial: string, soc = 20, modelId = 'choco-20'): RosterPack => ({
  serial,
  modelId,
  capacityWh: 42_000,
  soh: 95,
  soc,
});

export const rosterVehicle = (change: Partial<RosterVehicle> = {}): RosterVehicle => ({
  vin: 'VIN0',
  idToken: 'TOKEN-0',
  tokenType: 'ISO14443',
  modelId: 'oshan-520-taxi',
  use: 'taxi',
  whPerKm: 135,
  kmPerDay: 300,
  swapsPerDay: 4,
  place: { latitude: 22.54, longitude: 114.05 },
  packs: [rosterPack('V-0', 80)],
  stationIds: ['T-1'],
  packModelIds: ['choco-20'],
  how: { app: 1, card: 2, remote: 1 },
  ...change,
});

const made = packMaker(chance(9), new TurnedScheduler().ms());

/** As it is when tests begin. */
export const pack = (serial: string, soc = 20): Pack => made(rosterPack(serial, soc), 10);

/** A station with five slots: 1 and 2 empty, charged packs in 3 and 4, one at 50 % in 5. */
export const rosterStation = (change: Partial<RosterStation> = {}): RosterStation => ({
  id: 'T-1',
  password: 'a-password-of-24-letters',
  name: 'Test',
  place: { latitude: 22.5, longitude: 114 },
  profile: 'chassis-robot',
  vendor: 'Packloop simulated',
  model: 'choco-14',
  firmware: '1.0.0',
  swapSeconds: 100,
  steps: [
    { step: 'positioned', seconds: 15 },
    { step: 'locked-out', seconds: 10 },
    { step: 'removed', seconds: 20 },
    { step: 'stored', seconds: 10 },
    { step: 'picked', seconds: 10 },
    { step: 'installed', seconds: 20 },
    { step: 'checked', seconds: 15 },
  ],
  powerLimitW: 200_000,
  chargeTurnHours: 1,
  reportsSteps: true,
  slots: [null, null, 90, 95, 50].map((soc, index) => ({
    slotNo: index + 1,
    ...(soc === null
      ? { serial: null }
      : { serial: `PACK-${index + 1}`, soc, soh: 96, capacityWh: 42_000, modelId: 'choco-20' }),
  })),
  ...change,
});

export interface Scene {
  readonly scheduler: TurnedScheduler;
  readonly csms: Csms;
  readonly station: Station;
  readonly lines: string[];
  /** Lets a vehicle come, and tells how it ended. */
  arrive(change?: Partial<Visit>): { readonly packs: Pack[]; readonly outcomes: Outcome[] };
}

/** A booted station before a server of memory. */
export async function scene({
  roster = {},
  faults = [],
  patienceMs = 50,
  makePack,
  prepare,
}: {
  roster?: Partial<RosterStation>;
  faults?: ConstructorParameters<typeof Faults>[1];
  patienceMs?: number;
  makePack?: MakePack;
  prepare?: (csms: Csms) => void;
} = {}): Promise<Scene> {
  const scheduler = new TurnedScheduler({ patienceMs });
  const csms = new Csms(scheduler);
  prepare?.(csms);
  const lines: string[] = [];
  const station = startStation(rosterStation(roster), {
    socket: csms.dial,
    scheduler,
    chance: chance(7),
    faults: new Faults(chance(8), faults),
    ...(makePack && { makePack }),
    say: (line) => lines.push(line),
  });
  await scheduler.settled();
  let vehicles = 0;
  return {
    scheduler,
    csms,
    station,
    lines,
    arrive(change = {}) {
      const outcomes: Outcome[] = [];
      const packs = change.packs ?? [pack(`CAR-${++vehicles}`)];
      station.arrive({
        idToken: { idToken: 'Driver-1', type: 'ISO14443' },
        packModelIds: ['choco-20'],
        count: packs.length || 1,
        done: (it) => outcomes.push(it),
        ...change,
        packs,
      });
      return { packs, outcomes };
    },
  };
}
