// What is said of a pack to anybody. Pure: from what the network knows and what it said before.
import type { PackToTell } from '#insight';
import type { Instant } from '#units';
import type { Told } from './api.ts';
import { cyclesBand, quarterOf, sohBand } from './band.ts';
import { paceOf } from './pace.ts';

const YEAR_MS = 365.25 * 86_400_000;

/** @param before what the edition before said, so that a band does not swing */
export function toldOf(it: PackToTell, at: Instant, before?: Told): Told {
  const status = it.successor || it.grade === 'recycle' ? 'retired' : it.original ? 'second-life' : 'in-use';
  const isOver = status === 'retired';
  const [soh, basis] =
    it.estimated === null ? [it.reported, 'reported' as const] : [it.estimated, 'estimated' as const];
  return {
    status,
    model: it.model,
    made: quarterOf(it.producedOn),
    grade: it.grade,
    // Of a pack that is over its last figures would be taken for its present ones.
    soh: isOver ? null : { ...sohBand(soh, before?.soh ?? null), basis },
    cycles: isOver ? null : cyclesBand(it.efc),
    pace: isOver ? null : (paceOf(it.efc, yearsOld(it, at)) ?? null),
    recalled: it.recalled,
    carbon: carbonOf(it.carbon),
  };
}

/** Years since it was made. */
export const yearsOld = ({ producedOn }: Pick<PackToTell, 'producedOn'>, at: Instant): number =>
  (at.epochMilliseconds - producedOn.toZonedDateTime('Asia/Shanghai').epochMilliseconds) / YEAR_MS;

const carbonOf = (it: PackToTell['carbon']): Told['carbon'] =>
  it === null ? null : { kgCO2ePerKWh: it.kgCO2ePerKWh, simulated: it.simulated };
