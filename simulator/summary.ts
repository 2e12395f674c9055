// One line on how the simulation goes.
import type { City } from './city.ts';
import type { Scheduler } from './schedule.ts';
import type { Tally } from './tally.ts';

/** @returns a function that writes the line, as text or as JSON */
export function summary(city: City, tally: Tally, scheduler: Scheduler, isJson: boolean): () => string {
  return () => {
    const at = scheduler.now().toString();
    const facts = {
      at,
      speed: scheduler.speed,
      swapped: tally.swapped,
      refused: tally.refusals,
      reasons: Object.fromEntries(tally.refused),
      left: tally.left,
      interrupted: tally.interrupted,
      onTheWay: tally.onTheWay,
      swapping: count(city, (it) => it.isSwapping),
      stations: city.stations.length,
      connected: count(city, (it) => it.isConnected),
      unanswered: city.stations.reduce((sum, it) => sum + it.unanswered, 0),
    };
    if (isJson) return JSON.stringify(facts);
    const reasons = [...tally.refused].map(([why, times]) => `${why} ${times}`).join(', ');
    return (
      `[simulated ${at.slice(0, 16)} x${facts.speed}] ${facts.swapped} swaps, ${facts.swapping} in progress, ` +
      `${facts.onTheWay} drivers on the way, ${facts.refused} refused${reasons && ` (${reasons})`}; ` +
      `${facts.connected}/${facts.stations} stations connected, ${facts.unanswered} messages unanswered`
    );
  };
}

const count = (city: City, is: (station: City['stations'][number]) => boolean): number =>
  city.stations.filter(is).length;
