// What charges and capacity tests showed of a pack's health, and how long it will last by the newest of them.
import { type Band, type ChargeEstimate, estimatesOf, remainingLife, testedUntil } from '#health';
import type { Work } from '#kernel';
import { type PackModelId, packModel } from '#pack';
import type { PackRow } from './packs.ts';

const MOST = 500;
const DAY_MS = 86_400_000;

export async function chargesShowed(work: Work, pack: PackRow) {
  const estimates = (await estimatesOf(work, pack.code, MOST)).map(shown).toReversed();
  const estimated = estimates.findLast(isSaid) ?? null;
  const test = await testedUntil(work, pack.code, work.at);
  const tested = test ? { at: test.at, soh: { value: test.soh, lower: test.lower, upper: test.upper } } : null;
  const isOlder = estimated && tested && Temporal.Instant.compare(estimated.at, tested.at) < 0;
  const newest = isOlder ? tested : (estimated ?? tested);
  return { estimates, estimated, tested, remainingLife: newest && lifeOf(work, pack, newest.soh) };
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
