/** Weights whose mean is one, so that `ridge` is counted in rows. */
export function normalised(weight: Float64Array): Float64Array {
  const mean = weight.reduce((a, b) => a + b, 0) / weight.length;
  return weight.map((it) => it / mean);
}

export const weightedMean = (y: Float64Array, weight: Float64Array): number => {
  let sum = 0;
  let all = 0;
  for (let i = 0; i < y.length; i++) {
    sum += y[i]! * weight[i]!;
    all += weight[i]!;
  }
  return all > 0 ? sum / all : 0;
};

/** The value below which a share `level` of the weight lies. */
export function weightedQuantile(y: Float64Array, weight: Float64Array, level: number): number {
  const order = Uint32Array.from(y.keys()).sort((a, b) => y[a]! - y[b]! || a - b);
  let left = level * weight.reduce((a, b) => a + b, 0);
  for (const i of order) {
    left -= weight[i]!;
    if (left <= 0) return y[i]!;
  }
  return y[order.at(-1) ?? 0] ?? 0;
}
