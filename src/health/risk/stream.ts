// Whether a pack in a slot runs away now, by the samples that its station told of late. Pure.
import { newStream, type Runaway, streamed } from '../warning/runaway.ts';
import type { PackFacts } from '../warning/session.ts';
import { type CellSample, secondsOf } from './ofCharge.ts';

/**
 * The rule of GB 38031-2025 C.5.3.7 over these samples, in time order; undefined while it is not fulfilled.
 * @throws WrongSession when a sample cannot be
 */
export function runawayIn(samples: readonly CellSample[], facts: PackFacts): Runaway | undefined {
  let stream = newStream(facts);
  for (const it of samples) {
    if (!it.cellMv && !it.probesC) continue;
    const cellMv = it.cellMv?.length === facts.cells ? it.cellMv : new Array<null>(facts.cells).fill(null);
    const probeC = it.probesC?.length === facts.probes ? it.probesC : new Array<null>(facts.probes).fill(null);
    stream = streamed(stream, { atS: secondsOf(it), currentA: it.currentA ?? null, cellMv, probeC }, facts);
    if (stream.confirmed) return stream.confirmed;
  }
  return undefined;
}
