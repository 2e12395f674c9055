// What both sides of a hand-over signed, read strictly: the contract in src/exchange/api/handover.ts, without what is not ours.
import { hashFrom } from './bytes.ts';
import { canonical, type Json } from './json.ts';
import { Unproven } from './unproven.ts';

/** Percent; the band of 90 % where there is one. */
export interface Health {
  readonly percent: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly basis: string;
  readonly source: string;
  readonly at: string;
}

export interface HandedOver {
  readonly pack: string;
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly at: string;
  readonly until: string;
  readonly after: number;
  readonly state: {
    readonly soh: Health;
    readonly soc: number;
    readonly cycles: number;
    readonly matings: number;
    readonly counters: { readonly [name: string]: number };
    readonly observedAt: string;
    readonly damage: readonly string[];
  };
  readonly head: { readonly count: number; readonly head: string; readonly index: number } | null;
}

type Shape = { readonly [name: string]: (it: Json) => boolean };

const isObject = (it: Json): it is { readonly [name: string]: Json } =>
  typeof it === 'object' && it !== null && !Array.isArray(it);
const isText = (it: Json) => typeof it === 'string' && it !== '';
const isNumber = (it: Json) => typeof it === 'number' && it >= 0;
const isCount = (it: Json) => Number.isSafeInteger(it) && (it as number) >= 0;
const isPercent = (it: Json) => isNumber(it) && (it as number) <= 100;
const isInstant = (it: Json) =>
  typeof it === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/.test(it) &&
  !Number.isNaN(Date.parse(it));
/** Exactly these. */
const has = (shape: Shape) => (it: Json) =>
  isObject(it) &&
  Object.keys(it).length === Object.keys(shape).length &&
  Object.entries(shape).every(([name, fits]) => name in it && fits(it[name]!));
const orNull = (fits: (it: Json) => boolean) => (it: Json) => it === null || fits(it);

const health: Shape = {
  ...{ percent: isPercent, lower: orNull(isPercent), upper: orNull(isPercent), source: isText, at: isInstant },
  basis: (it) => it === 'tested' || it === 'estimated' || it === 'reported',
};
const state: Shape = {
  ...{ soh: has(health), soc: isPercent, cycles: isNumber, matings: isCount, observedAt: isInstant },
  counters: (it) => isObject(it) && Object.values(it).every(isNumber),
  damage: (it) => Array.isArray(it) && it.every(isText),
};
const head: Shape = { count: isCount, index: isCount, head: (it) => hashFrom(String(it)) !== undefined };
const handover: Shape = {
  ...{ v: (it) => it === 1, type: (it) => it === 'handover', pack: isText, from: isText, to: isText, place: isText },
  ...{ at: isInstant, until: isInstant, after: isCount, state: has(state), head: orNull(has(head)) },
};

/** @param text of the note, with its newline @throws Unproven `malformed-handover`, `not-canonical` */
export function readHandedOver(text: string): HandedOver {
  const no = (why: string) => new Unproven('malformed-handover', `This is no hand-over: ${why}`);
  let it: Json;
  try {
    it = JSON.parse(text) as Json;
  } catch {
    throw no('its text is not JSON');
  }
  const wrong = Object.entries(handover).find(([name, fits]) => !isObject(it) || !(name in it) || !fits(it[name]!));
  if (wrong) throw no(`"${wrong[0]}" is missing or wrong`);
  if (!has(handover)(it)) throw no('it says more than a hand-over does');
  const said = it as unknown as HandedOver;
  if (`${canonical(it)}\n` !== text) throw new Unproven('not-canonical', 'The hand-over is spelt in another way');
  if (said.from === said.to) throw no('both sides are the same');
  return said;
}
