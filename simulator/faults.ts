// What goes wrong on purpose, at which stations, how often.
import type { Chance } from '#units';

/** Which pack: by its serial number, several with | between them; else so many by chance. `after` so many seconds. */
const some = { pack: '', packs: '1', after: '600' };

/** What breaks in a pack, with how strong it is. A cell, or thermometer, that is not named is found by chance. */
const packFaults = {
  /** A resistor from pole to pole of one cell. */
  short: { ...some, cell: '', ohm: '10' },
  /** One cell's resistance grows to so many times its own, within so many seconds. */
  resistance: { ...some, cell: '', factor: '3', seconds: '86400' },
  /** Insulation against the body falls to so many kilo-ohms, within so many seconds. */
  insulation: { ...some, kohm: '10', seconds: '3600' },
  /** A sensor of `cell-voltage`, `temperature`, `current` or `insulation` is off `by` (V, K, A, kilo-ohm), is stuck, or is silent. */
  sensor: { ...some, of: 'cell-voltage', at: '', does: 'offset', by: '0.05' },
  /** Coolant is lost: so much of the cooling remains, 0 to 1. */
  coolant: { ...some, remains: '0.1' },
} as const;

export type PackFaultName = keyof typeof packFaults;
export const isPackFault = (it: Fault): it is Fault<PackFaultName> => Object.hasOwn(packFaults, it.name);

/** Each fault with its options and what they are when not given. Times are simulated seconds. */
const known = {
  /** The network is gone for `seconds`, first `after` so many, then again `every` so many (0: once). */
  cut: { after: '600', seconds: '600', every: '0' },
  /** Each durable message is sent twice: with the same message id, or as `new`. */
  resend: { id: 'same' },
  /** `events-first`: sensors and charging before BatterySwap; `out-first`: BatteryOut before BatteryIn. */
  reorder: { how: 'events-first' },
  /** The scanner misreads the serial number of a pack that comes in. */
  'wrong-serial': {},
  /** A safety check fails until somebody has mended it, after `seconds`. */
  'damaged-pack': { check: 'Insulation', seconds: '600' },
  /** The station finds no pack it could give. */
  'no-stock': {},
  /** The driver does not take the offered pack and comes back later. */
  'out-timeout': {},
  /** The station's program dies right after `step`; `forget=requests`: it counts its requests from 1 again. */
  crash: { step: 'stored', reboot: '60', forget: '' },
  ...packFaults,
} as const;

export type FaultName = keyof typeof known;
export type FaultOptions<N extends FaultName> = { readonly [O in keyof (typeof known)[N]]: string };

export interface Fault<N extends FaultName = FaultName> {
  readonly name: N;
  readonly options: FaultOptions<N>;
  /** Where; everywhere when absent. */
  readonly stations?: readonly string[];
  /** How likely it is each time it could happen, 0 to 1. */
  readonly share: number;
  /** How often it happens at most, at each station. */
  readonly times: number;
}

const general = ['station', 'share', 'times'];
const list = (names: readonly string[]) => names.join(', ');

/**
 * Reads `NAME:option=value,option=value`, for instance `cut:after=60,seconds=1800,station=SZ-1|SZ-2` or
 * `crash:step=picked,times=1`. Every fault takes `station`, `share` and `times`.
 * @throws RangeError that says what is known
 */
export function parseFault(text: string): Fault {
  const [name = '', rest = ''] = text.split(/:(.*)/s);
  if (!isFaultName(name)) throw new RangeError(`no fault is called "${name}"; known are ${list(Object.keys(known))}`);
  const given = Object.fromEntries(
    rest
      .split(',')
      .filter((it) => it !== '')
      .map((it) => it.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const allowed = [...Object.keys(known[name]), ...general];
  const wrong = Object.keys(given).find((it) => !allowed.includes(it));
  if (wrong !== undefined) throw new RangeError(`fault ${name} has no option "${wrong}"; it has ${list(allowed)}`);
  const { station, share = '1', times = 'Infinity', ...options } = given;
  for (const [option, value] of Object.entries({ share, times, ...numeric(options) }))
    if (value.trim() === '' || !(Number(value) >= 0))
      throw new RangeError(`option ${option} of fault ${name} must be a number, got "${value}"`);
  for (const [option, words] of Object.entries(choices))
    if (options[option] !== undefined && !words.includes(options[option]))
      throw new RangeError(`option ${option} of fault ${name} is one of ${list(words)}, got "${options[option]}"`);
  if (!(Number(options.remains ?? 0) <= 1 && Number(options.factor ?? 1) >= 1 && isAbove(options.ohm, options.kohm)))
    throw new RangeError(`fault ${name}: remains is at most 1, factor at least 1, ohm and kohm are above 0`);
  return fault(name, options, {
    share: Number(share),
    times: Number(times),
    ...(station !== undefined && { stations: station.split('|') }),
  });
}

const numeric = ({ check, step, id, how, forget, pack, of, does, by, ...numbers }: Record<string, string>) => ({
  ...numbers,
  ...(by !== undefined && { by: by.replace(/^-/, '') }), // a sensor errs either way
});
const choices: Readonly<Record<string, readonly string[]>> = {
  of: ['cell-voltage', 'current', 'temperature', 'insulation'],
  does: ['offset', 'stuck', 'dropout'],
};
const isAbove = (...values: readonly (string | undefined)[]): boolean =>
  values.every((it) => it === undefined || Number(it) > 0);
const isFaultName = (name: string): name is FaultName => Object.hasOwn(known, name);

/** A fault with the options that are given, and the usual ones. */
export const fault = <N extends FaultName>(
  name: N,
  options: Partial<FaultOptions<N>> = {},
  limits: Partial<Pick<Fault, 'share' | 'times' | 'stations'>> = {},
): Fault<N> => ({
  share: 1,
  times: Number.POSITIVE_INFINITY,
  ...limits,
  name,
  options: { ...known[name], ...options } as FaultOptions<N>,
});

/** The faults of one station, which can be switched while it runs. */
export class Faults {
  readonly #chance: Chance;
  readonly #list: { readonly fault: Fault; left: number }[] = [];

  constructor(chance: Chance, faults: readonly Fault[] = []) {
    this.#chance = chance;
    for (const it of faults) this.add(it);
  }

  add(fault: Fault): void {
    this.#list.push({ fault, left: fault.times });
  }

  clear(name?: FaultName): void {
    for (let i = this.#list.length - 1; i >= 0; i--)
      if (name === undefined || this.#list[i]!.fault.name === name) this.#list.splice(i, 1);
  }

  /** Whether it goes wrong this time; uses up one of its times. */
  strikes<N extends FaultName>(name: N, isMeant: (options: FaultOptions<N>) => boolean = () => true) {
    for (const it of this.#list) {
      if (it.fault.name !== name || it.left <= 0 || !isMeant(it.fault.options as FaultOptions<N>)) continue;
      if (it.fault.share < 1 && this.#chance.next() >= it.fault.share) continue;
      it.left--;
      return it.fault.options as FaultOptions<N>;
    }
    return undefined;
  }
}

export const faultsAt = (stationId: string, faults: readonly Fault[]): Fault[] =>
  faults.filter((it) => it.stations === undefined || it.stations.includes(stationId));
