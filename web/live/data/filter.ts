import type { Station } from './contract.ts';

export interface Filter {
  readonly text: string;
  readonly onlyProblems: boolean;
  readonly onlyOnline: boolean;
}

export const everything: Filter = { text: '', onlyProblems: false, onlyOnline: false };

/** Whether a driver may come: not connected counts above out of use, for then nobody knows. */
export const standingOf = (it: Pick<Station, 'online' | 'outOfUse'>): 'online' | 'offline' | 'outOfUse' =>
  it.online ? (it.outOfUse ? 'outOfUse' : 'online') : 'offline';

/** Whether somebody should look at it: not connected, out of use, a fault, nothing to hand out, or something reported today. */
export const hasProblem = (it: Station): boolean =>
  standingOf(it) !== 'online' ||
  it.anomalies24h > 0 ||
  it.ready === 0 ||
  it.slots.some((slot) => slot.state === 'faulted') ||
  (it.openSwap !== null && ['blocked', 'stranded'].includes(it.openSwap.state));

/** Every word must be in the name or the id; all conditions must hold. */
export function filtered(stations: readonly Station[], { text, onlyProblems, onlyOnline }: Filter): readonly Station[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && !onlyProblems && !onlyOnline) return stations;
  return stations.filter((it) => {
    const said = `${it.name} ${it.id}`.toLowerCase();
    return (
      words.every((word) => said.includes(word)) && (!onlyProblems || hasProblem(it)) && (!onlyOnline || it.online)
    );
  });
}
