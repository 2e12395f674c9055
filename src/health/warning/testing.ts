// What the tests of this folder share: the limits as shipped, and the sessions of a simulated pack that is well.
import { readFileSync } from 'node:fs';
import { climates, duties } from '#twin';
import type { Chemistry } from '#twin/api';
import { chance } from '#units';
import { carPack, type Life, liveHealthy } from './healthy.ts';
import type { Session } from './session.ts';
import type { Sign } from './sign.ts';
import { readThresholds } from './thresholds.ts';
import { newWatch, watched } from './watch.ts';

export const shipped = readThresholds(
  readFileSync(new URL('../../../data/health/warning-thresholds.json', import.meta.url), 'utf8'),
);

export const lifeOf = (chemistry: Chemistry): Life => ({
  ...carPack(chemistry),
  duty: duties[0],
  climate: climates[0],
  chargeTo: chemistry === 'LFP' ? 1 : 0.95,
  ageYears: 1,
});

/** The sessions of some days of a taxi's pack that is well. */
export function wellFor(days: number, chemistry: Chemistry = 'NMC', seed = 3): Session[] {
  const sessions: Session[] = [];
  liveHealthy(lifeOf(chemistry), days, chance(seed), (it) => sessions.push(it));
  return sessions;
}

/** All signs that ever stood while these sessions were told. */
export function signsIn(sessions: readonly Session[], chemistry: Chemistry = 'NMC'): readonly Sign[] {
  let watch = newWatch(carPack(chemistry).facts);
  const all: Sign[] = [];
  for (const it of sessions) {
    watch = watched(watch, it, shipped).watch;
    all.push(...watch.signs);
  }
  return all;
}
