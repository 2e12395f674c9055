// All 93, in their order.
import type { Attribute } from '../attribute.ts';
import { capacity } from './capacity.ts';
import { carbon } from './carbon.ts';
import { circularity } from './circularity.ts';
import { dueDiligence } from './dueDiligence.ts';
import { durability } from './durability.ts';
import { general } from './general.ts';
import { labels } from './labels.ts';
import { materials } from './materials.ts';

/** The attributes of DIN DKE SPEC 99100:2025-02 by number. */
export const attributes: readonly Attribute[] = [
  ...general,
  ...labels,
  ...carbon,
  ...dueDiligence,
  ...materials,
  ...circularity,
  ...capacity,
  ...durability,
];

const byKey = new Map(attributes.map((it) => [it.key, it]));
export const attributeOf = (key: string): Attribute | undefined => byKey.get(key);
