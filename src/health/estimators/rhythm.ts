/**
 * Some packs are discharged to a rhythm (three fast days, two slow ones), and the capacity one gets out of a charge follows
 * it. The first capacity tests tell: what each beat is above or below the mean, or undefined when there is no rhythm.
 */
export function rhythmOf(capacities: readonly number[]): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  let least = UNEXPLAINED;
  for (let beats = 2; 2 * beats <= capacities.length; beats++) {
    const flat = withoutFade(capacities, beats);
    const beat = Array.from({ length: beats }, (_, k) => mean(flat.filter((_, i) => i % beats === k)));
    const free = capacities.length - beats - 1; // the slope and every beat were fitted
    const left = sumOfSquares(flat.map((it, i) => it - beat[i % beats]!)) / free;
    const share = left / (sumOfSquares(flat) / (capacities.length - 2));
    if (!(share < least)) continue;
    least = share;
    const middle = mean(beat);
    best = beat.map((it) => (it - middle) * (1 - share)); // what may be chance is not believed
  }
  return best;
}

/** A rhythm must leave less than half of the variance unexplained. */
const UNEXPLAINED = 0.5;

/** Around their mean, without the straight fade that whole rounds of beats show. */
function withoutFade(values: readonly number[], beats: number): readonly number[] {
  const slope = mean(values.slice(beats).map((it, i) => (it - values[i]!) / beats));
  const middle = mean(values);
  return values.map((it, i) => it - middle - slope * (i - (values.length - 1) / 2));
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const sumOfSquares = (values: readonly number[]): number => values.reduce((sum, it) => sum + it * it, 0);
