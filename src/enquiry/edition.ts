// The edition of a day: all answers are made anew at one fixed hour and stand still until the next. So whoever asks all day
// long learns no more than who asks once, and nobody sees when a pack was swapped or charged.
import { type PackToTell, packsToTell } from '#insight';
import { isSimulated, type Work } from '#kernel';
import { stillOpen } from '#party';
import type { Instant, Vin } from '#units';
import { toldOf, yearsOld } from './answer.ts';
import type { Told } from './api.ts';
import { type Crowd, crowd } from './blurred.ts';
import { cellsOf, isReleased } from './fade.ts';
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
  const consents = await stillOpen(work, await store.standing(work));
  const all = await tellAll(work, new Set(consents.map((it) => it.vin)));
  if (!all) return false;
  await store.setPlateAnswers(work, await plateAnswers(work, consents, all));
  const cells = await store.waitingCells(work);
  await store.release(
    work,
    cells.filter((it) => isReleased(it.many)),
  );
  const simulated = await isSimulated(work);
  await store.addEdition(work, { due, madeAt: work.at, checkpoint: (await checkpoint()) ?? null, simulated });
  return true;
}

/** What plates are answered from: the crowd to disappear among, and the packs that are in these vehicles. */
interface AllTold {
  readonly crowd: Crowd;
  readonly inVehicles: Map<Vin, { readonly pack: PackToTell; readonly told: Told }[]>;
}

/** So many packs are told at once; then whoever else waits has his turn. */
const PORTION = 1000;

/** Writes what is said of every pack. @returns undefined where there is none */
async function tellAll(work: Work, vins: ReadonlySet<Vin>): Promise<AllTold | undefined> {
  const all: AllTold = { crowd: crowd(), inVehicles: new Map() };
  for (let after = ''; ; ) {
    const packs = await packsToTell(work, after, PORTION);
    const before = await store.toldNow(
      work,
      packs.map((it) => it.code),
    );
    const rows = packs.map((pack) => ({ pack, told: toldOf(pack, work.at, before.get(pack.code)) }));
    await store.tell(
      work,
      rows.map(({ pack, told }) => ({ code: pack.code, body: told })),
    );
    await store.contribute(
      work,
      packs.flatMap((it) => contributionsOf(it, work.at)),
    );
    if (vins.size > 0) all.crowd.add(rows.flatMap(({ told }) => (told.status === 'retired' ? [] : [told])));
    for (const it of rows)
      if (it.pack.vin && vins.has(it.pack.vin))
        all.inVehicles.set(it.pack.vin, [...(all.inVehicles.get(it.pack.vin) ?? []), it]);
    if (packs.length < PORTION) return after === '' && packs.length === 0 ? undefined : all;
    after = packs.at(-1)!.code;
  }
}

/** Who may be asked about by plate: the pack is looked up once a month, whatever is swapped meanwhile. */
async function plateAnswers(work: Work, consents: readonly store.Consent[], { crowd, inVehicles }: AllTold) {
  const before = await store.plateAnswers(work);
  const recalled = await store.toldNow(
    work,
    [...before.values()].map((it) => it.code),
  );
  const month = work.at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().with({ day: 1 });
  const rows = new Map<Vin, store.PlateAnswer>();
  for (const { id: consentId, vin } of consents) {
    const kept = before.get(vin);
    if (kept && kept.consentId === consentId && kept.month.equals(month)) {
      // What is dangerous is said at once; it tells nothing of what was swapped.
      rows.set(vin, {
        ...kept,
        body: { ...kept.body, recalled: recalled.get(kept.code)?.recalled ?? kept.body.recalled },
      });
      continue;
    }
    // Of several packs the weakest: the vehicle goes as far as that one.
    const found = inVehicles.get(vin)?.toSorted((a, b) => sohOf(a.pack) - sohOf(b.pack))[0];
    if (found)
      rows.set(vin, {
        vin,
        consentId,
        id: work.newId(),
        month,
        code: found.pack.code,
        body: crowd.blurred(found.told),
      });
  }
  return [...rows.values()];
}

const sohOf = (it: PackToTell): number => it.estimated ?? it.reported;

/** Only what was estimated from charges: what a station reports is the pack's own word. */
function contributionsOf(it: PackToTell, at: Instant): store.Contribution[] {
  const [years, soh] = [yearsOld(it, at), it.estimated];
  const pace = paceOf(it.efc, years);
  if (soh === null || pace === undefined || it.original !== null) return [];
  return cellsOf({ ...it, pace, years }).map((cell) => ({ ...cell, pack: it.code, soh }));
}
