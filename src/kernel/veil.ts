// Whose vehicle it is leads to a person. Owners of packs, insurers and workshops are told that a vehicle has a pack, not which.
import type { Caller } from './caller.ts';

/** Who runs stations, oversees them, or knows his own drivers and their swaps, knows vehicles. */
export const isVeiled = ({ kind, grants }: Caller): boolean =>
  kind !== 'nobody' && !grants['station.see'] && !grants['swap.see'] && !grants['person.see'];

/** The text as it may be told to the caller: `vehicle:<VIN>` of the books becomes `vehicle`. */
export const veiled = (caller: Caller, text: string): string =>
  isVeiled(caller) ? text.replaceAll(/\bvehicle:[^\s"\\,;]+/g, 'vehicle') : text;
