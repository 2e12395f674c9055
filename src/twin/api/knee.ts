// The knee: the point from which a pack fades faster and faster. Only one of our models has one of its own, and none can say
// when; so it is an option, off unless asked for, and an assumption wherever it is shown.
import type { AgeingModel, Loss } from './model.ts';
import type { Use } from './use.ts';

export interface Knee {
  /** Equivalent full cycles after which the knee alone would have taken all of a middling pack. */
  readonly efc: number;
  /** How sharp it is, 6 to 10. */
  readonly sharpness: number;
}

/** Charging below this temperature, or faster than this, brings it nearer: lithium is plated instead of stored. */
const COLD_CELSIUS = 10;
const FAST_C = 1;

/**
 * The model with one loss more, (x / efc)^sharpness (health.md 5.2, "Knee"). x runs faster by a tenth for each degree of
 * charging below 10 °C, and by as much again for each C of charging beyond 1: assumed.
 * @throws RangeError when the knee is no knee
 */
export function withKnee(model: AgeingModel, { efc, sharpness }: Knee): AgeingModel {
  if (!(efc > 0) || !(sharpness >= 2 && sharpness <= 20))
    throw new RangeError(`a knee lies after some cycles and is 2 to 20 sharp, got ${efc} and ${sharpness}`);
  const knee: Loss = {
    name: 'knee (assumed)',
    law: { law: 'power', p: sharpness },
    grows: { with: 'efc', per: efc },
    rate: (use) => hurry(use) ** sharpness,
    comes: 'early or late',
  };
  return { ...model, losses: [...model.losses, knee] };
}

const hurry = ({ chargeC, chargeCelsius }: Use): number =>
  1 + Math.max(0, COLD_CELSIUS - chargeCelsius) / 10 + Math.max(0, chargeC - FAST_C);
