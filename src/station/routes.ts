import { z } from 'zod';
import { cursorWrong, type Door, idCursor, Refused, serve, toPage, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { known, type StationPresetId, whereAre } from '#pack';
import { knownParties, namesOf } from '#party';
import {
  type Command,
  change,
  command,
  commandById,
  commandsOf,
  find,
  list,
  type NewStation,
  type RandomBytes,
  register,
  renewPasswords,
  type SlotChange,
  type Station,
  setSlots,
  slotsOf,
} from '#station';
import type { PackCode, SlotNo, StationId } from '#units';
import { stationApi } from './api.ts';

/** Says what is wrong with a command's payload by OCPP's schema; the gateway above knows. */
export type JudgeCommand = (action: string, payload: object) => { field: string; description: string } | undefined;

interface Judges {
  readonly random: RandomBytes;
  readonly judgeCommand: JudgeCommand;
}

export const stationRoutes = (door: Door, { random, judgeCommand }: Judges): void =>
  serve(door, stationApi, {
    register: async (work, { body, reach, note }) => {
      const rows = [body].flat() as NewStation[];
      const operators = new Set(rows.map((it) => it.operatorId));
      if (operators.size === 1) note({ about: [...operators][0]! });
      await demandOperators(work, rows, reach);
      demandRegions(rows, reach);
      demandTimeZones(rows);
      const passwords = await register(work, rows, random);
      const isOld = rows.find((it) => it.securityProfile < 3 && !passwords.has(it.id));
      if (isOld) throw new Refused('station-known', `Station ${isOld.id} is registered already`, { id: isOld.id });
      return { items: rows.map((it) => ({ id: it.id, password: passwords.get(it.id) ?? null })) };
    },
    list: async (work, { query: { cursor, limit }, reach }) => ({
      ...toPage(await list(work, reach, idCursor(cursor), limit + 1), limit, (it) => it.id),
      at: work.at,
    }),
    show: async (work, { params: { stationId }, reach }) => {
      const station = await the(work, stationId, reach);
      return { ...station, slots: (await slotsOf(work, [stationId])).get(stationId)! };
    },
    change: async (work, { params: { stationId }, body, reach, note }) => {
      const station = await the(work, stationId, reach);
      note({ about: station.operatorId });
      if (body.region !== undefined) demandRegions([{ id: station.id, region: body.region }], reach);
      await change(work, stationId, body);
      return await the(work, stationId, reach);
    },
    takeStock: async (work, { params: { stationId }, body, reach, note }) => {
      note({ about: (await the(work, stationId, reach)).operatorId });
      await setSlots(work, await stockOf(work, stationId, body.slots));
      return { slots: (await slotsOf(work, [stationId])).get(stationId)! };
    },
    renewPassword: async (work, { params: { stationId }, reach, note }) => {
      note({ about: (await the(work, stationId, reach)).operatorId });
      return { id: stationId, password: (await renewPasswords(work, [stationId], random)).get(stationId)! };
    },
    command: async (work, { params: { stationId }, body: { action, payload, withinS }, caller, reach, note }) => {
      note({ about: (await the(work, stationId, reach)).operatorId });
      const wrong = judgeCommand(action, payload);
      if (wrong) {
        const issues = [{ field: `payload${wrong.field.replaceAll('/', '.')}`, problem: wrong.description }];
        throw new Refused('command-malformed', wrong.description, { issues }, 400);
      }
      const notAfter = withinS === undefined ? {} : { notAfter: work.at.add({ seconds: withinS }) };
      const id = await command(work, { stationId, action, payload, by: caller.name, ...notAfter });
      const asked = (await commandById(work, id))!;
      return shown(asked, await namesOf(work, new Set([asked.askedBy])));
    },
    commands: async (work, { params: { stationId }, query: { cursor, limit }, reach }) => {
      await the(work, stationId, reach);
      const before = cursor === undefined ? undefined : await lastShown(work, stationId, cursor);
      const rows = await commandsOf(work, stationId, { before, most: limit + 1 });
      const names = await namesOf(work, new Set(rows.map((it) => it.askedBy)));
      return toPage(
        rows.map((it) => shown(it, names)),
        limit,
        (it) => it.id,
      );
    },
  });

/** The command that the page before ended with. @throws Refused `cursor-wrong` */
async function lastShown(work: Work, stationId: StationId, cursor: string): Promise<Command> {
  const last = z.uuid().safeParse(cursor).success ? await commandById(work, cursor) : undefined;
  if (last?.stationId !== stationId) throw cursorWrong();
  return last;
}

/** What lies beyond reach is not there. */
async function the(work: Work, id: StationId, reach: Reach): Promise<Station> {
  const station = (await find(work, [id], reach)).get(id);
  if (!station) throw new Refused('station-unknown', `There is no station ${id}`, { id }, 404);
  return station;
}

interface Standing {
  readonly slotNo: SlotNo;
  readonly packCode: PackCode | null;
}

/** A pack can only be put into a slot where it is by the books. @throws Refused `slot-unknown`, `pack-not-here` */
async function stockOf(work: Work, stationId: StationId, standing: readonly Standing[]): Promise<SlotChange[]> {
  const codes = standing.flatMap((it) => it.packCode ?? []);
  const packs = await known(work, codes);
  const places = await whereAre(work, codes);
  const slots = new Set((await slotsOf(work, [stationId])).get(stationId)!.map((it) => it.slotNo));
  return standing.map(({ slotNo, packCode }) => {
    if (!slots.has(slotNo))
      throw new Refused('slot-unknown', `Station ${stationId} has no slot ${slotNo}`, { field: 'slots', slotNo }, 422);
    if (packCode === null) return { stationId, slotNo, state: 'empty', packCode };
    const pack = packs.get(packCode);
    if (!pack || places.get(packCode) !== `station:${stationId}`)
      throw new Refused('pack-not-here', `By the books pack ${packCode} is not at ${stationId}`, { packCode }, 422);
    return { stationId, slotNo, state: 'occupied', packCode, soc: pack.soc, soh: pack.soh };
  });
}

const shown = (it: Command, names: ReadonlyMap<string, string>) => ({
  ...it,
  askedByName: names.get(it.askedBy) ?? null,
  payload: { ...it.payload },
  answer: it.answer && { ...it.answer },
});

/** Stations are registered for an organisation within reach. @throws Refused `operator-unknown` */
async function demandOperators(work: Work, stations: readonly NewStation[], reach: Reach): Promise<void> {
  const ids = [...new Set(stations.map((it) => it.operatorId))];
  const known = await knownParties(work, ids);
  const stranger = ids.find((it) => !known.has(it) || (!reach.all && !reach.tenants.includes(it)));
  if (stranger)
    throw new Refused('operator-unknown', `Register the operator ${stranger} first`, { operatorId: stranger }, 422);
}

/** Whoever is confined to regions or stations builds no others. @throws Refused `post-beyond-reach` */
function demandRegions(stations: readonly Pick<NewStation, 'id' | 'region'>[], reach: Reach): void {
  if (reach.all) return;
  const { regions, stations: ids } = reach;
  const far = stations.find((it) => ids || (regions && !(it.region && regions.includes(it.region))));
  if (far)
    throw new Refused('post-beyond-reach', `Station ${far.id} would lie beyond your regions`, { id: far.id }, 403);
}

function demandTimeZones(stations: readonly { id: string; timeZone: string; presetId: StationPresetId }[]): void {
  for (const { id, timeZone } of stations)
    if (!isTimeZone(timeZone))
      throw new Refused('time-zone-unknown', `Station ${id}: there is no time zone "${timeZone}"`, { timeZone }, 400);
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
