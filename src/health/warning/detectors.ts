// All detectors that look at sessions, in the order of health.md 6.2. The rule of thermal runaway looks at the stream instead.
import { capacity, chargeCount } from './capacity.ts';
import type { Detector } from './detector.ts';
import { heat, heatPack } from './heat.ts';
import { insulation } from './insulation.ts';
import { jump } from './jump.ts';
import { leak, leakLow } from './leak.ts';
import { resistance } from './resistance.ts';
import { correlation, entropy } from './shape.ts';
import { voltage } from './voltage.ts';

export const detectors: readonly Detector[] = [
  voltage,
  leak,
  leakLow,
  resistance,
  correlation,
  entropy,
  heat,
  heatPack,
  insulation,
  jump,
  chargeCount,
  capacity,
];
