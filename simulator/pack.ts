// A simulated battery pack: a twin that is what it is, and electronics that believe what they believe. Whoever asks is told
// the belief. All of it is simulated.
import { type Fault, type PackTwin, type Sensed, type Sensors, sensed, type Truth, usualSensors } from '#twin';
import { Celsius, type Chance } from '#units';
import { Bms } from './bms.ts';
import { abilities, Counters } from './counters.ts';
import { twinOf } from './individual.ts';
import type { RosterPack } from './roster.ts';

/** What a station's coolant has, and the air and asphalt around a pack on the road. Degrees Celsius, assumed. */
export const STATION_C = 25;
export const ROAD_C = 30;

/** As `usualSensors`, but that its thermometers are read finer than GB/T 32960 carries them. */
const sensors: Sensors = { ...usualSensors, celsiusStep: 0.1 };

/** Where a pack comes from: the same gives the same pack. */
export interface Origin {
  readonly dice: Chance;
  /** How often its coupler was mated. */
  readonly matings: number;
  /** Until when it lay there as it is, in simulated milliseconds. */
  readonly atMs: number;
  readonly faults?: readonly Fault[];
}

/** Makes the packs of a run: an individual of its own for each serial number. */
export type MakePack = (it: RosterPack, matings: number) => Pack;

export class Pack {
  readonly serial: string;
  readonly modelId: string;
  /** When new. */
  readonly capacityWh: number;
  readonly bms: Bms;
  readonly counters: Counters;
  matings: number;
  readonly #plan: RosterPack;
  readonly #origin: Origin;
  readonly #dice: Chance;
  #twin: PackTwin | undefined;
  #untilMs: number;
  /** What flows now; positive discharges. */
  #currentA = 0;
  /** For so long it carried currents without a look at its sensors. */
  #unlookedS = 0;
  #isStale = true;
  #reading: Sensed | undefined;

  constructor(plan: RosterPack, origin: Origin) {
    this.serial = plan.serial;
    this.modelId = plan.modelId;
    this.capacityWh = plan.capacityWh;
    this.matings = origin.matings;
    this.#plan = plan;
    this.#origin = origin;
    this.#dice = origin.dice.fork('sensors');
    this.#untilMs = origin.atMs;
    this.bms = new Bms(plan, origin.dice);
    this.counters = new Counters(plan.counted);
  }

  /** Percent, as its BMS believes. */
  get soc(): number {
    return this.bms.soc;
  }

  /** Percent, as its BMS believes. */
  get soh(): number {
    return this.bms.soh;
  }

  /** Of its warmest thermometer, in degrees Celsius, when it was read last. */
  get temperatureC(): number {
    return this.bms.celsius;
  }

  /** How it truly is. Made when something happens to it: thousands of vehicles stand still. */
  get twin(): PackTwin {
    this.#twin ??= twinOf(this.#plan, this.#origin.dice, this.#origin.faults);
    return this.#twin;
  }

  /** Something is, or will be, wrong with it: it is not to be left alone while it rests. */
  get isBroken(): boolean {
    return (this.#origin.faults ?? []).length > 0;
  }

  /** What its electronics think it can do. */
  get abilities() {
    const { kind, nominalAh, ohms } = this.twin.cells;
    const worst = Math.max(...ohms);
    return abilities({ kind, cells: ohms.length, nominalAh, ohms: worst });
  }

  /** Until when it was lived, in simulated milliseconds. */
  get untilMs(): number {
    return this.#untilMs;
  }

  /** What all its sensors read now. */
  get reading(): Sensed {
    this.look();
    return this.#reading!;
  }

  /** Against its body, in ohm for each volt at its poles, as its sensor tells; nothing when it tells nothing. */
  get insulationOhmPerV(): number | undefined {
    const kOhm = this.reading.insulationKOhm;
    return kOhm === null ? undefined : Math.max(0, Math.round((kOhm * 1000) / this.twin.truth().voltageV));
  }

  /** Nothing flows until then: one step, however long. */
  rest(untilMs: number, ambientC: number): void {
    const seconds = (untilMs - this.#untilMs) / 1000;
    if (seconds <= 0) return;
    if (this.#unlookedS > 0) this.look();
    const { kind, nominalAh } = this.twin.cells;
    const { soh } = this.twin.step(0, seconds, Celsius(ambientC));
    this.#currentA = 0;
    this.#untilMs = untilMs;
    this.#isStale = true;
    this.counters.lasted(seconds, this.bms.celsius, false);
    this.bms.rested(seconds, () => this.reading, { kind, nominalAh, soh });
  }

  /** Carries a current, in A and positive when it discharges, for some seconds. @returns how it truly is then */
  carry(currentA: number, seconds: number, ambientC: number): Truth {
    const truth = this.twin.step(currentA, seconds, Celsius(ambientC));
    this.#untilMs += seconds * 1000;
    this.#currentA = currentA;
    this.#unlookedS += seconds;
    this.#isStale = true;
    this.bms.counted((currentA * seconds) / 3600, this.twin.cells.nominalAh);
    this.counters.lasted(seconds, this.bms.celsius, currentA < 0);
    this.counters.holds(this.bms.soc);
    return truth;
  }

  /** Reads all sensors, which is most of the work. By how much the one for the current errs now, it has erred since the last look. */
  look(): void {
    if (!this.#isStale) return;
    this.#reading = this.#read();
    this.#isStale = false;
    this.bms.felt(this.#reading);
    this.counters.reached(Math.max(...this.#reading.cellVolts.filter((it) => it !== null)), this.twin.cells.kind);
    if (this.#unlookedS === 0) return;
    const { currentA } = this.#reading;
    const errsA = currentA === null ? 0 : currentA - this.#currentA; // silent: the charger or the vehicle tells what flows
    this.bms.counted((errsA * this.#unlookedS) / 3600, this.twin.cells.nominalAh);
    this.#unlookedS = 0;
  }

  /** Somebody else has charged or driven it to this charge, in percent, and its BMS knows: one charge through all cells. */
  standAt(percent: number): void {
    const { soc, capacityAh } = this.twin.cells;
    const mean = (of: Float64Array) => of.reduce((sum, it) => sum + it, 0) / of.length;
    const ah = (percent / 100 - mean(soc)) / mean(capacityAh.map((it) => 1 / it));
    for (let n = 0; n < soc.length; n++) soc[n] = Math.min(1, Math.max(0, soc[n]! + ah / capacityAh[n]!));
    this.bms.soc = percent;
    this.#isStale = true;
  }

  /** What does not come is asked for once more. */
  #read(): Sensed {
    const first = this.#readOnce();
    if (!first.cellVolts.includes(null) && !first.celsius.includes(null) && first.insulationKOhm !== null) return first;
    const again = this.#readOnce();
    return {
      currentA: first.currentA,
      cellVolts: first.cellVolts.map((it, n) => it ?? again.cellVolts[n]!),
      celsius: first.celsius.map((it, n) => it ?? again.celsius[n]!),
      insulationKOhm: first.insulationKOhm ?? again.insulationKOhm,
    };
  }

  #readOnce(): Sensed {
    const before = this.#reading;
    return sensed(this.twin, this.#currentA, this.#dice, { sensors, ...(before && { before }) });
  }
}

/** What it can hold now, as its BMS believes: capacity x SoH. */
export const fullWh = (pack: Pick<Pack, 'capacityWh' | 'soh'>): number => (pack.capacityWh * pack.soh) / 100;

/** The energy above a state of charge that the pack keeps for itself. */
export const storedAboveWh = (pack: Pack, soc: number): number => (fullWh(pack) * Math.max(pack.soc - soc, 0)) / 100;

/** From here the cells take less and less. Assumed, as is what they still take when full. */
const TAPER_FROM = 80;
const AT_FULL = 0.2;

/** The power in watts a BMS asks for, when a charge from empty to ready lasts `turnHours`; its cells may take less. */
export function acceptsW(pack: Pick<Pack, 'capacityWh' | 'soh' | 'soc'>, turnHours: number): number {
  const nominalW = (fullWh(pack) / turnHours) * 1.1;
  if (pack.soc <= TAPER_FROM) return nominalW;
  return nominalW * (1 - ((1 - AT_FULL) * (pack.soc - TAPER_FROM)) / (100 - TAPER_FROM));
}

/** What each may draw when together they must not draw more than the limit: all are cut by the same share. */
export function sharedW(wanted: readonly number[], limitW: number): number[] {
  const sum = wanted.reduce((total, it) => total + it, 0);
  const share = sum > limitW ? limitW / sum : 1;
  return wanted.map((it) => it * share);
}

/** Packs whose chance comes from one source, by serial number: who holds a pack, and when, changes nothing in it. */
export const packMaker =
  (dice: Chance, atMs: number, faults: ReadonlyMap<string, readonly Fault[]> = new Map()): MakePack =>
  (it, matings) =>
    new Pack(it, { dice: dice.fork(it.serial), matings, atMs, faults: faults.get(it.serial) ?? [] });
