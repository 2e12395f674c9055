// What the charges of a pack showed of its health, and how long it will last by that.
import { type Band, type ChargeEstimate, estimatesOf, remainingLife } from '#health';
import type { Work } from '#kernel';
import { type PackModelId, packModel } from '#pack';
import type { PackRow } from './packs.ts';

const MOST = 500;
const DAY_MS = 86_400_000;

export async function chargesShowed(work: Work, pack: PackRow) {
  const estimates = (await estimatesOf(work, pack.code, MOST)).map(shown).toReversed();
  const estimated = estimates.findLast(isSaid) ?? null;
  return { estimates, estimated, remainingLife: estimated && lifeOf(work, pack, estimated.soh) };
}

const shown = (it: ChargeEstimate) => ({
  at: it.endedAt,
  stationId: it.stationId,
  transactionId: it.transactionId,
  soh: bandOf(it.soh, it.sohLower, it.sohUpper),
  ohms: bandOf(it.ohms, it.ohmsLower, it.ohmsUpper),
  why: it.why,
});
type Shown = ReturnType<typeof shown>;

const isSaid = (it: Shown): it is Shown & { soh: Band; ohms: Band } => it.soh !== null && it.ohms !== null;

const bandOf = (value: number | null, lower: number | null, upper: number | null): Band | null =>
  value === null || lower === null || upper === null ? null : { value, lower, upper };

function lifeOf(work: Work, { model, producedOn, efc }: PackRow, soh: Band) {
  const chemistry = packModel(model as PackModelId)?.chemistry;
  if (!chemistry) return null;
  const madeAt = Temporal.PlainDate.from(producedOn).toZonedDateTime('UTC').epochMilliseconds;
  const ageDays = Math.max(0, (work.at.epochMilliseconds - madeAt) / DAY_MS);
  const { endSoh, days, efc: cycles } = remainingLife({ chemistry, ageDays, efc, soh });
  return { endSoh, days, efc: cycles };
}
