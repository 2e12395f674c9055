// From how a pack stands, moment by moment, to what its ageing is asked with: one `Use` for each day.
import { type ProfilePoint, usageOf } from './api/profile.ts';
import { type Cycle, counted, halves, meanDepth, nothingOpen, type Open } from './api/rainflow.ts';
import type { Use } from './api/use.ts';

/** Hours between two points that are kept of a day. */
const EVERY_H = 0.25;

export interface Meter {
  hour: number;
  points: ProfilePoint[];
  /** Cycles go on over midnight. */
  open: Open;
  closed: Cycle[];
}

export const newMeter = (soc: number, celsius: number): Meter => ({
  hour: 0,
  points: [{ hour: 0, soc, celsius }],
  open: counted(nothingOpen, soc).open,
  closed: [],
});

/** The pack stands like this after so many seconds more. @returns its use since the day began, when the day is over */
export function metered(meter: Meter, seconds: number, soc: number, celsius: number): Use | undefined {
  meter.hour += seconds / 3600;
  const next = counted(meter.open, soc);
  meter.open = next.open;
  if (next.cycles.length > 0) meter.closed.push(...next.cycles);
  const isOver = meter.hour >= 24 - 1e-9;
  if (!isOver && meter.hour - meter.points.at(-1)!.hour < EVERY_H - 1e-9) return undefined;
  meter.points.push({ hour: meter.hour, soc, celsius });
  if (!isOver) return undefined;
  // The depth is that of the cycles this day closed and of the legs that are under way, which may be days long.
  const legs = halves({ turns: meter.open.turns.slice(-3) });
  const use = { ...usageOf(meter.points), dod: meanDepth([...meter.closed, ...legs]) };
  meter.hour = 0;
  meter.points = [{ hour: 0, soc, celsius }];
  meter.closed = [];
  return use;
}
