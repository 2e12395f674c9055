// What charges show of packs, as browsers know it. Plain data, browser-safe.

/** Why nothing can be said of a charge. */
export const abstentions = [
  'no-voltage',
  'no-current',
  'voltage-implausible',
  'current-implausible',
  'too-few-readings',
  'readings-missing',
  'too-short',
  'not-this-pack',
  'curve-does-not-fit',
  'more-than-its-plate',
  'soc-contradicts',
  'says-too-little',
] as const;
export type Abstention = (typeof abstentions)[number];
