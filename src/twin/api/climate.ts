// How warm it is outside over a year. Sine curves near the climate of the cities named: assumed, not measured.

export interface Climate {
  readonly id: string;
  readonly name: string;
  /** Mean of the year in °C, and how far the warmest day's mean lies above it. */
  readonly meanC: number;
  readonly swingC: number;
  /** How far one day lies from what is usual at its time of year: a standard deviation. */
  readonly weatherC: number;
}

export const climates = [
  { id: 'mild', name: 'mild, near Shanghai', meanC: 17, swingC: 12, weatherC: 4 },
  { id: 'cold', name: 'cold, near Harbin', meanC: 5, swingC: 20, weatherC: 5 },
  { id: 'hot', name: 'hot, near Dubai', meanC: 28.5, swingC: 8.5, weatherC: 2.5 },
] as const satisfies readonly Climate[];

export type ClimateId = (typeof climates)[number]['id'];

/** Days after New Year on which it is warmest: late in July. */
const WARMEST = 205;

/** The usual mean of a day in °C. What a pack's own mass evens out, day and night, is not in it. */
export const outsideC = ({ meanC, swingC }: Climate, day: number): number =>
  meanC + swingC * Math.cos((2 * Math.PI * (day - WARMEST)) / 365);
