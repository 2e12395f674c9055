// How fast one pack fades, learnt from tests of its capacity: between what its model says of all packs, and its own history.

/** How many times the model's loss a pack loses, and how surely that is known. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Of a pack that was never tested: packs lie apart by 10 to 15 % (health.md 5.2). */
export const unknownScale: Scale = { mean: 1, deviation: 0.15 };

/**
 * The scale after one more test: both are weighed by how sure they are (Bayes, with normal errors).
 * @param test loss that was measured, 0 to 1, and its deviation; what the model at scale 1 expected by then
 * @throws RangeError when the test cannot be weighed
 */
export function learnt(scale: Scale, test: { loss: number; deviation: number; expected: number }): Scale {
  if (!(test.deviation > 0 && Number.isFinite(test.loss) && test.expected >= 0))
    throw new RangeError(`a test has a loss, a deviation above 0 and an expected loss, got ${JSON.stringify(test)}`);
  const known = 1 / scale.deviation ** 2;
  const told = (test.expected / test.deviation) ** 2; // nothing while the model expects no loss
  const mean = (known * scale.mean + (test.expected * test.loss) / test.deviation ** 2) / (known + told);
  return { mean: Math.max(0.1, mean), deviation: 1 / Math.sqrt(known + told) };
}
