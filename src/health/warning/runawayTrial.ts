// Thermal runaway in a simulated pack, second by second: how long after the pack itself fulfils the rule it is confirmed from
// what its sensors tell.
import { type PackTwin, sensed } from '#twin';
import { climates, duties } from '#twin/api';
import { Celsius, chance } from '#units';
import { carPack, twinOf } from './healthy.ts';
import { newStream, streamed } from './runaway.ts';

const MOST_S = 600;

export interface RunawayTrial {
  /** Seconds from the rule being fulfilled in the pack to its being confirmed; Infinity when it never was. */
  readonly delayS: number;
  /** Seconds from the short to the rule being fulfilled. */
  readonly fulfilledS: number;
}

/** A short of a few milliohm in one cell of a pack at rest; sensors are read every so many seconds. */
export function runawayDelays({ seed, everyS }: { seed: number; everyS: number }): RunawayTrial {
  const dice = chance(seed).fork('runaway');
  const { facts, model } = carPack(dice.next() < 0.5 ? 'NMC' : 'LFP');
  const cell = dice.between(0, facts.cells - 1);
  const beganS = 20 + dice.between(0, 9);
  const ohm = 0.001 + 0.0012 * dice.next();
  const pack = twinOf(
    { facts, model, chargeTo: 0.6 + 0.35 * dice.next(), duty: duties[0], climate: climates[0], ageYears: 0 },
    dice,
    [{ kind: 'internal-short', fromS: beganS, cell, ohm }],
  );
  let stream = newStream(facts);
  const truth = ruleOf(pack, cell, facts.hottestC);
  let fulfilledS = Number.NaN;
  for (let s = 0; s < MOST_S; s++) {
    pack.step(0, 1, Celsius(25));
    if (Number.isNaN(fulfilledS) && truth()) fulfilledS = pack.ageS;
    if (pack.ageS % everyS !== 0) continue;
    const { cellVolts, celsius } = sensed(pack, 0, dice);
    const cellMv = cellVolts.map((it) => (it === null ? null : Math.max(0, Math.round(1000 * it))));
    stream = streamed(stream, { atS: pack.ageS, currentA: 0, cellMv, probeC: celsius }, facts);
    if (stream.confirmed) break;
  }
  const delayS = stream.confirmed
    ? Number.isNaN(fulfilledS)
      ? 0
      : stream.confirmed.confirmedS - fulfilledS
    : Number.POSITIVE_INFINITY;
  return { delayS, fulfilledS: fulfilledS - beganS };
}

/** C.5.3.7 on the pack as it truly is: asked each second, true once it has been fulfilled. */
function ruleOf({ cells }: PackTwin, cell: number, hottestC: number): () => boolean {
  const initialV = cells.volts[cell]!;
  let before = cells.celsius[cell]!;
  let risingS = 0;
  return () => {
    const now = cells.celsius[cell]!;
    risingS = now - before >= 1 ? risingS + 1 : 0;
    before = now;
    return risingS > 3 && (cells.volts[cell]! < 0.75 * initialV || now >= hottestC);
  };
}
