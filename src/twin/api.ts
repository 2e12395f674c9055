// The door for browsers: ageing, and what would be if. All of it is pure, and the what-if page computes it where it is shown.
export { type Climate, type ClimateId, climates } from './api/climate.ts';
export { type Duty, type DutyId, duties, type Policy } from './api/duty.ts';
export type { Knee } from './api/knee.ts';
export type { AgeingModel, Chemistry } from './api/model.ts';
export { models } from './api/models.ts';
export { noSpread, type Spread, usualSpread } from './api/spread.ts';
export {
  type Band,
  type CurvePoint,
  type Fade,
  type ScenarioId,
  scenarios,
  type Warning,
  type WhatIf,
  whatIf,
} from './api/whatIf.ts';
