// After each charge in a slot a pack is estimated anew: how much it holds, its resistance, and how sure that is.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { event, type Work } from '#kernel';
import { find, type Pack, packModel } from '#pack';
import { append, type Happening } from '#record';
import type { Instant, PackCode, StationId } from '#units';
import { wire } from '#units/api';
import type { Abstention } from '../api/charge.ts';
import type { Evidence } from '../grade/evidence.ts';
import { gradePack } from '../grade/gradePack.ts';
import { testedUntil } from '../grade/tested.ts';
import { vetoesOf } from '../risk/stands.ts';
import { type Stands, standsAgainst } from '../risk/store.ts';
import { committedCalibration } from './calibration.ts';
import { type Charge, type Plate, plateOf } from './charge.ts';
import { type Estimate, estimated, inputsOf, type Known, knownByTest } from './estimate.ts';
import { FADE_OVER, newFade } from './fade.ts';
import { type ChargeKey, courseOf, type KeptEstimate, keep, keptOf, keyIn, lastBefore, looked } from './store.ts';

export { type ChargeEstimate, estimatesOf, newestUntil } from './store.ts';
export type { Abstention, Charge };

/** What is known of a pack's health has changed. */
export const sohEstimated = event(
  'health.sohEstimated',
  z.object({ packCode: wire.packCode, stationId: wire.stationId, transactionId: z.string() }),
);

/** A pack has begun to fade faster than its kind, or its fading has begun to run away. */
export const packFades = event(
  'health.packFades',
  z.object({
    packCode: wire.packCode,
    stationId: wire.stationId,
    kind: z.enum(['fast', 'knee']),
    lossPer100: z.number(),
    usualPer100: z.number(),
  }),
);

const DAY_MS = 86_400_000;
const calibration = committedCalibration();
type Said = Extract<Estimate, { standing: 'estimated' }>;

/** Estimates the packs of these charges. A charge that was looked at already, or of a pack we do not know, changes nothing. */
export async function chargesEnded(work: Work, charges: readonly Charge[]): Promise<void> {
  if (charges.length === 0) return;
  const done = new Set((await looked(work, charges)).map(keyOf));
  const packs = new Map((await find(work, codesOf(charges))).map((it) => [it.code, it]));
  // In their order: what one charge shows of a pack is where the next begins.
  for (const it of charges.toSorted((a, b) => Temporal.Instant.compare(a.endedAt, b.endedAt))) {
    const pack = packs.get(it.packCode);
    const plate = plateOf(pack);
    if (pack && plate && !done.has(keyOf(it))) await chargeEnded(work, it, { pack, plate });
  }
}

async function chargeEnded(
  work: Work,
  charge: Charge,
  { pack, plate }: { readonly pack: Pack; readonly plate: Plate },
): Promise<void> {
  const last = await lastBefore(work, charge.packCode, charge.endedAt);
  const before = await knownBefore(work, charge, { last, chemistry: plate.chemistry });
  const inputs = inputsOf(since(last, charge), plate, { before: before.known, daysSince: before.days, calibration });
  const estimate: Estimate = typeof inputs === 'string' ? { standing: 'abstained', why: inputs } : estimated(inputs);
  const kept: KeptEstimate = {
    ...charge,
    ...flat(estimate),
    inputs: typeof inputs === 'string' || !estimate.known ? null : inputs,
    estimatedAt: work.at,
    method: methodOf(calibration.version),
  };
  if (!(await keep(work, kept)) || estimate.standing === 'abstained') return;
  await append(work, [happening(kept)]);
  await gradePack(work, charge.packCode, evidenceOf(charge, estimate, await standsAgainst(work, charge.packCode)));
  const { packCode, stationId, transactionId } = charge;
  work.announce(sohEstimated, { packCode, stationId, transactionId });
  await watchFade(work, pack, stationId);
}

/** What was believed of a pack before a charge: by the charges before it, or by a capacity test since. */
async function knownBefore(
  work: Work,
  { packCode, endedAt }: Charge,
  { last, chemistry }: { readonly last: KeptEstimate | undefined; readonly chemistry: Plate['chemistry'] },
): Promise<{ readonly known: Known | null; readonly days: number }> {
  const days = (since: Instant) => (endedAt.epochMilliseconds - since.epochMilliseconds) / DAY_MS;
  const tested = await testedUntil(work, packCode, endedAt);
  if (tested && !(last && Temporal.Instant.compare(last.endedAt, tested.at) > 0))
    return { known: knownByTest(tested, last?.known ?? null, calibration[chemistry]), days: days(tested.at) };
  return { known: last?.known ?? null, days: last ? days(last.endedAt) : 0 };
}

/** A pack that begins to fade faster than its kind is worth a work order. */
async function watchFade(work: Work, { code, model, producedOn, efc }: Pack, stationId: StationId): Promise<void> {
  const chemistry = packModel(model)?.chemistry;
  const course = await courseOf(work, code, FADE_OVER);
  if (!chemistry || course.length < FADE_OVER / 2) return;
  const madeAt = producedOn.toZonedDateTime('UTC').epochMilliseconds;
  const ageDays = Math.max(0, (work.at.epochMilliseconds - madeAt) / DAY_MS);
  const fade = newFade(course, { chemistry, ageDays, efc });
  if (!fade) return;
  await append(work, [{ subject: `pack:${code}`, type: 'health.fade-noticed', body: { ...fade } }]);
  work.announce(packFades, { packCode: code, stationId, ...fade });
}

/** What a charge says to whoever grades packs, with what early warning has found in the charges before. */
const evidenceOf = ({ endedAt }: Charge, { soh, ohms }: Said, stands: Stands | undefined): Evidence => ({
  estimate: {
    ...{ soh: soh.value, lower: soh.lower, upper: soh.upper, level: 90 },
    ...{ measuredAt: endedAt, basis: 'charge' },
  },
  vetoes: stands ? vetoesOf(stands) : [],
  resistanceRatio: ohms.value,
  consistency: stands?.consistency ?? null,
  historyKnown: true,
});

/** Of one transaction what an estimate has used is not used again. */
function since(last: KeptEstimate | undefined, charge: Charge): Charge {
  if (last?.stationId !== charge.stationId || last.transactionId !== charge.transactionId) return charge;
  const isNew = ({ at }: Charge['samples'][number]) => Temporal.Instant.compare(at, last.endedAt) >= 0;
  return { ...charge, startedAt: last.endedAt, samples: charge.samples.filter(isNew) };
}

/** By these formulas with these constants. */
const methodOf = (version: string) => `charge/2 ${version}`;

/**
 * Makes an estimate again from its stored inputs. @returns whether the same comes out, to the last bit; undefined where none
 * are kept, or other formulas made it
 */
export async function replayed(work: Work, key: ChargeKey): Promise<boolean | undefined> {
  const kept = await keptOf(work, key);
  if (!kept?.inputs || kept.method !== methodOf(kept.inputs.calibration.version)) return undefined;
  const again = flat(estimated(kept.inputs));
  return (Object.keys(again) as (keyof typeof again)[]).every((it) => isDeepStrictEqual(again[it], kept[it]));
}

function flat(it: Estimate) {
  if (it.standing === 'abstained')
    return {
      ...{ standing: it.standing, why: it.why, known: it.known ?? null },
      ...{ soh: null, sohLower: null, sohUpper: null, ohms: null, ohmsLower: null, ohmsUpper: null },
    };
  const { standing, soh, ohms, known } = it;
  return {
    ...{ standing, why: null, known },
    ...{ soh: soh.value, sohLower: soh.lower, sohUpper: soh.upper },
    ...{ ohms: ohms.value, ohmsLower: ohms.lower, ohmsUpper: ohms.upper },
  };
}

const happening = ({ packCode, soh, sohLower, sohUpper, ohms, method, ...key }: KeptEstimate) =>
  ({
    subject: `pack:${packCode}`,
    type: 'health.soh-estimated',
    body: { soh, lower: sohLower, upper: sohUpper, ohms, method, ...keyIn(key) },
  }) satisfies Happening;

const keyOf = ({ stationId, transactionId, endedAt }: ChargeKey): string => `${stationId} ${transactionId} ${endedAt}`;
const codesOf = (charges: readonly Charge[]): PackCode[] => [...new Set(charges.map((it) => it.packCode))];
