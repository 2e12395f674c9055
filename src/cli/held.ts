// packloop demo --property: one of the three structures, or a file with one.
import { ConfigWrong } from '../config.ts';
import { type Held, isProperty, nameOf, properties } from '../demo/property.ts';
import type { World } from '../demo/world.ts';
import { structureIn } from '../openProperty.ts';
import { Failed } from './say.ts';

/** @throws Failed when it is neither one of the three nor a file with a structure that names owners */
export function heldIn(asked: string | undefined): Held | undefined {
  if (asked === undefined || isProperty(asked)) return asked;
  const { owners, ...under } = readIn(asked);
  if (!owners) throw new Failed(`--property: ${asked} names no owners; nobody else would own a pack`, { code: 2 });
  return { ...under, owners };
}

function readIn(file: string) {
  try {
    return structureIn(file, `--property takes ${properties.join(', ')} or a file`)!;
  } catch (error) {
    if (error instanceof ConfigWrong) throw new Failed(error.message, { code: 2 });
    throw error;
  }
}

/** Whoever a structure names takes part. @throws Failed */
export function demandParties(held: Held, { parties }: Pick<World, 'parties'>): void {
  if (isProperty(held)) return;
  const { owners, lessee, restrictions } = held;
  const named = [
    ...owners.map((it) => it.party),
    ...(lessee ? [lessee] : []),
    ...(restrictions?.buyers?.parties ?? []),
  ];
  const there = new Set(parties.map((it) => it.id));
  const strange = named.find((it) => !there.has(it));
  if (strange !== undefined)
    throw new Failed(
      `--property: "${strange}" of the structure ${nameOf(held)} takes no part; there are ${[...there].toSorted().join(', ')}`,
      { code: 2 },
    );
}
