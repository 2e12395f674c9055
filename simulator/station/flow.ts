// What flows into the packs of a station: its power divided among them, and each charged until it is full.
import { charge } from '../charger.ts';
import { acceptsW, fullWh, sharedW } from '../pack.ts';
import type { Site } from './site.ts';
import { SETTLES_S, sample, type Transaction, toldAtMs } from './transaction.ts';

/** Lets flow what flowed since the last time. A pack that is full rests from then on. */
export function draw(site: Site, transactions: Iterable<Transaction>): void {
  const { roster, memory, life } = site;
  const order = {
    turnHours: roster.chargeTurnHours,
    maxSoc: memory.settings.maxSoc,
    untilMs: life.scheduler.ms(),
  };
  for (const it of transactions) {
    if (it.state !== 'Charging') continue;
    const { wh, currentA, isFull } = charge(it.pack, { ...order, powerW: it.powerW });
    it.slot.registerWh += wh;
    it.currentA = currentA ?? it.currentA;
    if (isFull) stop(site, it);
  }
}

function stop(site: Site, it: Transaction): void {
  it.stopped = { ...sample(site, it, { isEdge: true }), isTold: false, hasRested: false };
  it.state = 'SuspendedEVSE';
  it.powerW = 0;
  it.currentA = 0;
}

/** Divides the station's power anew. @returns in how many seconds each may be full and settled, or has more to tell of its rest */
export function share({ roster, memory, life }: Site, transactions: readonly Transaction[]): number[] {
  const charging = transactions.filter((it) => it.state === 'Charging');
  const powers = sharedW(
    charging.map((it) => acceptsW(it.pack, roster.chargeTurnHours)),
    roster.powerLimitW,
  );
  const full = charging.map((it, index) => {
    it.powerW = powers[index]!;
    const roomWh = Math.max(((memory.settings.maxSoc - it.pack.soc) / 100) * fullWh(it.pack), 0);
    return (roomWh / it.powerW) * 3600 + SETTLES_S;
  });
  const settled = transactions.flatMap(({ stopped }) =>
    stopped && !stopped.hasRested ? [(toldAtMs(stopped) - life.scheduler.ms()) / 1000] : [],
  );
  return [...full, ...settled];
}
