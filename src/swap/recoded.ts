// A pack that was re-coded for a second use is one pack: a station that reads its old label speaks of the code it has now.
import type { PackCode } from '#units';
import type { SwapReport } from './book.ts';
import { type Desk, tell } from './desk.ts';
import { codeOf, type PackReading } from './moves.ts';
import { type Moved, type Swap, withProblem } from './swap.ts';

/** The report with every pack under the code that it has by now. */
export function underNewCodes(report: SwapReport, successors: ReadonlyMap<PackCode, PackCode>): SwapReport {
  if (!('packs' in report) || successors.size === 0) return report;
  return {
    ...report,
    packs: report.packs.map((it) => {
      const formerly = codeOf(it);
      const serial = successors.get(formerly);
      return serial ? { ...it, serial, formerly } : it;
    }),
  };
}

/** The operator is told once that the station named it by its old code. */
export function withOldLabelTold(desk: Desk, swap: Swap, { formerly }: PackReading, { code, at }: Moved): Swap {
  if (formerly === undefined) return swap;
  const sentence = `Pack ${code} was told by its old code ${formerly}: it was re-coded, and its label was not changed`;
  const now = withProblem(swap, 'pack-recoded', sentence, at);
  if (now !== swap) tell(desk, swap.stationId, 'pack-recoded', sentence, { swapId: swap.id, code, formerly });
  return now;
}
