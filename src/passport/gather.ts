// Gathers what a passport is made from, each from the room that owns it, by its door.
import { gradesOf, newestUntil } from '#health';
import { isSimulated, Refused, type Work } from '#kernel';
import { find, linksOf, packModel, whereAre } from '#pack';
import { type Entry, history } from '#record';
import { slotsOf } from '#station';
import type { PackCode, StationId } from '#units';
import { type Facts, type Passport, passportOf } from './passport.ts';
import { issuesOf, newestDocument } from './store.ts';

/** The passport of a pack as it is now; of one that got a second life, as it was when that began. @throws Refused `pack-unknown` */
export async function passportNow(work: Work, code: PackCode): Promise<Passport> {
  const { ended } = await issuesOf(work, code);
  return ended
    ? { ...ended.frozen, frozenAt: ended.at.toString(), successor: ended.code }
    : passportOf(await factsOf(work, code));
}

/** @throws Refused `pack-unknown` */
export async function factsOf(work: Work, code: PackCode): Promise<Facts> {
  const [pack] = await find(work, [code]);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  const links = await linksOf(work, code);
  const [document, estimates, grades, { began }] = [
    await newestDocument(work, pack.model),
    await newestUntil(work, [{ code, at: work.at }]),
    await gradesOf(work, code),
    await issuesOf(work, code),
  ];
  const estimate = estimates.get(code);
  return {
    ...{ code, at: work.at, model: pack.model, family: packModel(pack.model)?.family },
    ...{ producedOn: pack.producedOn, capacityWh: pack.capacityWh, soc: pack.soc, soh: pack.soh },
    ...{ efc: pack.efc, observedAt: pack.observedAt },
    document: document ?? null,
    estimate:
      estimate && estimate.soh !== null ? { soh: estimate.soh, ohms: estimate.ohms, at: estimate.endedAt } : null,
    grade: grades[0] ?? null,
    temperature: await temperatureOf(work, code, links.successor),
    history: await wholeHistory(work, code),
    original: links.original ?? null,
    successor: links.successor ?? null,
    responsible: began?.responsible ?? null,
    simulated: await isSimulated(work),
  };
}

/** What its slot measures of it; a pack on the road has nobody who measures. */
async function temperatureOf(work: Work, code: PackCode, successor?: PackCode): Promise<Facts['temperature']> {
  const holder = (await whereAre(work, [successor ?? code])).get(successor ?? code);
  if (!holder?.startsWith('station:')) return null;
  const station = holder.slice('station:'.length) as StationId;
  const slots = (await slotsOf(work, [station])).get(station) ?? [];
  const slot = slots.find((it) => it.packCode === code);
  return slot && slot.temperatureC !== null && slot.temperatureAt !== null
    ? { celsius: slot.temperatureC, at: slot.temperatureAt }
    : null;
}

const PORTION = 1000;

async function wholeHistory(work: Work, code: PackCode): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const more = await history(work, `pack:${code}`, { after: entries.at(-1)?.seq ?? 0, most: PORTION });
    entries.push(...more);
    if (more.length < PORTION) return entries;
  }
}
