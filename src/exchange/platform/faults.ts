// How real platforms fail, as data: a rate for each way, and windows in which nothing answers at all.
import type { Chance } from '#units';

export const faultKinds = [
  'outage',
  'busy',
  'error',
  'stored-error',
  'hang',
  'stored-hang',
  'drip',
  'page',
  'redirect',
  'huge',
  'reject',
  'refuse',
  'wrong-receipt',
  'other-receipt',
  'forget',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Between 0 and 1 for each kind; of `outage` the part of each ten minutes in which the platform does not answer. */
export type Faults = Readonly<Partial<Record<FaultKind, number>>>;

/** `busy=0.1,error=0.05`. @throws RangeError that says what is wrong */
export function readFaults(text: string): Faults {
  return Object.fromEntries(
    text
      .split(',')
      .filter((it) => it.trim() !== '')
      .map((it) => {
        const [kind = '', rate = ''] = it.split('=').map((part) => part.trim());
        if (!faultKinds.includes(kind as FaultKind))
          throw new RangeError(`there is no fault "${kind}": ${faultKinds.join(', ')}`);
        const value = Number(rate);
        if (rate === '' || !(value >= 0 && value <= 1))
          throw new RangeError(`${kind}=${rate}: a rate from 0 to 1 is needed`);
        return [kind, value];
      }),
  );
}

const WINDOW_MS = 10 * 60_000;

/** What goes wrong with a request at this moment; undefined for nothing. */
export function faultNow(faults: Faults, nowMs: number, dice: Chance): FaultKind | undefined {
  if ((nowMs % WINDOW_MS) / WINDOW_MS < (faults.outage ?? 0)) return 'outage';
  let left = dice.next();
  for (const kind of faultKinds) {
    if (kind === 'outage') continue;
    left -= faults[kind] ?? 0;
    if (left < 0) return kind;
  }
  return undefined;
}
