// The edition of a day: all answers are made anew at one fixed hour and stand still until the next. So whoever asks all day
// long learns no more than who asks once, and nobody sees when a pack was swapped or charged.
import { type PackToTell, packsToTell } from '#insight';
import { isSimulated, type Work } from '#kernel';
import { stillOpen } from '#party';
import type { Instant, PackCode, Vin } from '#units';
import { toldOf, yearsOld } from './answer.ts';
import type { Told } from './api.ts';
import { blurredAmong } from './blurred.ts';
import { type Cell, cellsOf, released } from './fade.ts';
import { paceOf } from './pace.ts';
import * as store from './store.ts';

/** Three in the night in China, as the rest of the night's work. */
const HOUR_UTC = 19;
const DAY = { hours: 24 };

/** The fixed hour that last passed. */
export function lastDue(at: Instant): Instant {
  const today = at
    .toZonedDateTimeISO('UTC')
    .with({ hour: HOUR_UTC, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .toInstant();
  return Temporal.Instant.compare(today, at) <= 0 ? today : today.subtract(DAY);
}

/**
 * Makes the edition that is due, unless it is there already or a clock went backwards.
 * @param checkpoint the newest signed checkpoint of the log, asked for only when an edition is made
 * @returns whether it was made now
 */
export async function makeEdition(work: Work, checkpoint: () => Promise<string | undefined>): Promise<boolean> {
  const due = lastDue(work.at);
  const last = await store.newestEdition(work);
  if (last && Temporal.Instant.compare(last.due, due) >= 0) return false;
  const packs = await packsToTell(work);
  if (packs.length === 0) return false;
  const before = await store.allTold(work);
  const told = new Map(packs.map((it) => [it.code, toldOf(it, work.at, before.get(it.code))]));
  await store.tell(
    work,
    [...told].map(([code, body]) => ({ code, body })),
  );
  await answerPlates(work, packs, told);
  await addToCurves(work, packs);
  const simulated = await isSimulated(work);
  await store.addEdition(work, { due, madeAt: work.at, checkpoint: (await checkpoint()) ?? null, simulated });
  return true;
}

/** Who may be asked about by plate: the pack is looked up once a month, whatever is swapped meanwhile. */
async function answerPlates(
  work: Work,
  packs: readonly PackToTell[],
  told: ReadonlyMap<PackCode, Told>,
): Promise<void> {
  const consents = await stillOpen(work, await store.standing(work));
  const before = await store.plateAnswers(work);
  const inVehicles = Map.groupBy(packs, (it) => it.vin);
  const blurred = blurredAmong([...told.values()].filter((it) => it.status !== 'retired'));
  const month = work.at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().with({ day: 1 });
  const rows = new Map<Vin, store.PlateAnswer>();
  for (const { id: consentId, vin } of consents) {
    const kept = before.get(vin);
    if (kept && kept.consentId === consentId && kept.month.equals(month)) {
      // What is dangerous is said at once; it tells nothing of what was swapped.
      rows.set(vin, { ...kept, body: { ...kept.body, recalled: told.get(kept.code)?.recalled ?? kept.body.recalled } });
      continue;
    }
    // Of several packs the weakest: the vehicle goes as far as that one.
    const pack = inVehicles.get(vin)?.toSorted((a, b) => sohOf(a) - sohOf(b))[0];
    if (pack)
      rows.set(vin, { vin, consentId, id: work.newId(), month, code: pack.code, body: blurred(told.get(pack.code)!) });
  }
  await store.setPlateAnswers(work, [...rows.values()]);
}

const sohOf = (it: PackToTell): number => it.estimated ?? it.reported;

/** Only what was estimated from charges: what a station reports is the pack's own word. */
async function addToCurves(work: Work, packs: readonly PackToTell[]): Promise<void> {
  const rows = packs.flatMap((it): store.Contribution[] => {
    const [years, soh] = [yearsOld(it, work.at), it.estimated];
    const pace = paceOf(it.efc, years);
    if (soh === null || pace === undefined || it.original !== null) return [];
    return cellsOf({ ...it, pace, years }).map((cell) => ({ ...cell, pack: it.code, soh }));
  });
  await store.contribute(work, rows);
  const cells = Map.groupBy(await store.waiting(work), nameOf);
  await store.release(
    work,
    [...cells.values()].flatMap((it) => released(it).slice(0, 1)),
  );
}

const nameOf = ({ model, pace, axis, bin }: Cell): string => `${model} ${pace} ${axis} ${bin}`;
