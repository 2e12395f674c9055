// Which region is looked at: all, then one after the other.
import { useEffect, useState } from 'react';

export const TURN_MS = 20_000;

/** @returns the number of the region; undefined for all */
export function useTurn(regions: number): number | undefined {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (regions < 2) return;
    const timer = setInterval(() => setTurn((it) => (it + 1) % (regions + 1)), TURN_MS);
    return () => clearInterval(timer);
  }, [regions]);
  return turn === 0 || turn > regions ? undefined : turn - 1;
}
