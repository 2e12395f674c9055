// The network's clock: in a simulated network it runs faster than ours, and every instant the server tells is its.
import { useEffect, useState } from 'react';
import { useSession } from '../session/hooks.ts';
import { type SessionState, session } from '../session/session.ts';

/** What the network's clock shows at browser time `now`. */
export function networkMs({ config, configAt }: Pick<SessionState, 'config' | 'configAt'>, now: number): number {
  if (!config) return now;
  return Date.parse(config.at) + (now - configAt) * config.clockSpeed;
}

/** The network's time in ms now. */
export const networkNow = (): number => networkMs(session.state(), Date.now());

/** The browser's time in ms, looked at again every `everyMs`. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** The network's time in ms, followed. */
export function useNetworkNow(everyMs = 1_000): number {
  const state = useSession();
  return networkMs(state, useNow(everyMs));
}
