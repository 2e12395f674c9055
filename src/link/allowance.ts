/**
 * A token bucket in one number (the generic cell rate algorithm): `wholeAt` is when the bucket will be full again.
 * @returns `wholeAt` after one more token, or nothing when the bucket is empty
 */
export function taken(
  wholeAt: number,
  atMs: number,
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
): number | undefined {
  const gapMs = 1000 / perSecond;
  const from = Math.max(wholeAt, atMs);
  // Half a gap of grace keeps rounding from costing the last token.
  return from - atMs > (burst - 0.5) * gapMs ? undefined : from + gapMs;
}
