/** Straight lines between values that stand at equal distances from 0 to 1; the ends hold beyond. */
export function tabulated(values: readonly number[]): (at: number) => number {
  const table = Float64Array.from(values);
  const last = table.length - 1;
  return (at) => {
    if (!(at > 0)) return table[0]!;
    if (at >= 1) return table[last]!;
    const x = at * last;
    const n = Math.floor(x);
    return table[n]! + (table[n + 1]! - table[n]!) * (x - n);
  };
}
