// A model made elsewhere, plugged in: it scores one charge at a time, so that nothing of a cell's future can reach it. What
// we ask of our own models is asked of it, too: an interval, and a range of training charges outside of which it is not believed.
import { z } from 'zod';
import { type Cell, MODES, SIGNALS } from './cells/cycle.ts';
import { readJson, WrongData } from './cells/dataset.ts';
import { filled, standings } from './cells/range.ts';
import { HIGHEST_SOH, type Prediction, type Sure, told } from './predict.ts';

export const CARD_SCHEMA = 'packloop-plugged/1';

const figures = z.array(z.number()).length(SIGNALS.length);
const cardShape = z.object({
  schema: z.literal(CARD_SCHEMA),
  group: z.object({ name: z.string().min(1), nominalAh: z.number().positive(), chemistry: z.string().min(1) }),
  /** Of the training charges, in the order of `SIGNALS`: all but one in a thousand lie between low and high. */
  range: z.object({ low: figures, middle: figures, high: figures }),
});

/** What a model file of another make does not tell: the cells it was trained on. */
export type Card = z.infer<typeof cardShape>;

/** Reads the card of a model. @throws WrongData by file and line */
export function readCard(file: string): Card {
  const card = readJson(file, cardShape);
  const { low, middle, high } = card.range;
  const wrong = SIGNALS.find((_, i) => !(low[i]! <= middle[i]! && middle[i]! <= high[i]!));
  if (wrong)
    throw new WrongData([{ file, line: 1, problem: `range: of "${wrong}" low, middle and high are out of order` }]);
  return card;
}

/** The sixteen signals of one charge, in the order of `SIGNALS`; no gaps. */
export type OneCharge = Float32Array;
/** State of health as a share of nominal capacity, with bounds of 90 %. */
export type Plugged = (charge: OneCharge) => Promise<Sure>;

/** The model answered what cannot be. */
export class WrongScore extends Error {
  override readonly name = 'WrongScore';
}

/**
 * Estimates every charge of a cell by itself. A charge unlike the training charges gets a wider interval or none.
 * @throws WrongScore when an answer is no number, or lies outside of its own interval
 */
export async function predictionsPlugged(
  { range }: Pick<Card, 'range'>,
  cell: Cell,
  score: Plugged,
): Promise<readonly Prediction[]> {
  const standing = standings(cell, range);
  const { signals } = filled(cell, range);
  const many = SIGNALS.length;
  const said: (Sure | null)[] = [];
  for (const [row, it] of standing.entries()) {
    if (it.is === 'abstained') said.push(null);
    else {
      const { value, low, high } = await score(Float32Array.from(signals.subarray(row * many, (row + 1) * many)));
      if (!(low <= value && value <= high))
        throw new WrongScore(`for charge ${row + 1} the model says ${value} between ${low} and ${high}`);
      const wide = it.is === 'widened' ? it.by : 1;
      said.push({
        value: within(value),
        low: within(value - wide * (value - low)),
        high: within(value + wide * (high - value)),
      });
    }
  }
  return told(standing, { soh: (row) => said[row]!, remaining: () => null });
}

/** A plugged model is told no capacity test. */
export const PLUGGED_MODE = MODES[0];

const within = (it: number) => Math.min(HIGHEST_SOH, Math.max(0, it));
