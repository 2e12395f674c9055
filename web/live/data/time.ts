import type { Network } from './contract.ts';

export const epochMs = (instant: string): number => Date.parse(instant);

/**
 * What the network's clock shows now: it runs on between two readings, in a simulated network faster than ours. While
 * nothing is heard it stands still: nobody knows how things are now.
 */
export function networkTime(
  { at, clockSpeed }: Network,
  { fetchedAt, now }: { fetchedAt: number; now: number },
): number {
  return epochMs(at) + Math.max(0, now - fetchedAt) * clockSpeed;
}
