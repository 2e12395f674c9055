// What charges show of packs, as browsers know it. Plain data, browser-safe.

/** Why nothing can be said of a charge. */
export const abstentions = [
  'no-voltage',
  'no-current',
  'voltage-implausible',
  'too-few-readings',
  'readings-missing',
  'too-short',
  'not-this-pack',
] as const;
export type Abstention = (typeof abstentions)[number];
