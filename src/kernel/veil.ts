// Whose vehicle it is leads to a person. Owners of packs, insurers and workshops are told that a vehicle has a pack, not which.
import type { Caller } from './caller.ts';
import { Refused } from './refused.ts';

/** Who runs stations, oversees them, or knows his own drivers and their swaps, knows vehicles. */
export const isVeiled = ({ kind, grants }: Caller): boolean =>
  kind !== 'nobody' && !grants['station.see'] && !grants['swap.see'] && !grants['person.see'];

/** The text as it may be told to the caller: `vehicle:<VIN>` of the books becomes `vehicle`. */
export const veiled = (caller: Caller, text: string): string =>
  isVeiled(caller) ? text.replaceAll(/\bvehicle:[^\s"\\,;]+/g, 'vehicle') : text;

/** Nor does the answer to a question with the VIN in it say so. @param asked the fields of a query @throws Refused `vehicle-veiled` */
export function demandUnveiled(caller: Caller, asked: unknown): void {
  if (!isVeiled(caller)) return;
  for (const [field, value] of Object.entries(asked ?? {}))
    if (/^vehicle:./.test(String(value)))
      throw new Refused(
        'vehicle-veiled',
        'Which vehicle has a pack is told to those who run stations or look after its driver; ask by the code of a pack',
        { field },
        403,
      );
}
