// Which pack stands in which slot by the books. A station can be mistaken about its slots; a pack is never in two of them.
import type { SlotPlace } from '#station';
import type { PackCode } from '#units';
import type { Desk } from './desk.ts';
import type { Moved } from './swap.ts';

/** With what this batch has moved. */
export interface Racks {
  readonly placeOf: Map<PackCode, SlotPlace>;
  readonly packIn: Map<string, PackCode>;
}

const keyOf = ({ stationId, slotNo }: SlotPlace): string => `${stationId} ${slotNo}`;

export const racksOf = (standing: readonly (SlotPlace & { readonly packCode: PackCode })[]): Racks => ({
  placeOf: new Map(standing.map((it) => [it.packCode, it])),
  packIn: new Map(standing.map((it) => [keyOf(it), it.packCode])),
});

/** Something does not fit: as a code, and a sentence for the operator. */
type Misfit = readonly [code: string, sentence: string];

/** A pack stands in a slot now, and in no other. */
export function putInto(desk: Desk, place: SlotPlace, { code, soc, soh }: Moved): Misfit[] {
  const misfits: Misfit[] = [];
  const there = desk.racks.packIn.get(keyOf(place));
  if (there !== undefined && there !== code) {
    misfits.push(['slot-was-taken', `Pack ${code} came into slot ${place.slotNo}, where by the books ${there} stands`]);
    lift(desk, there);
  }
  if (desk.racks.placeOf.has(code)) lift(desk, code);
  desk.racks.placeOf.set(code, place);
  desk.racks.packIn.set(keyOf(place), code);
  desk.slotChanges.push({ ...place, state: 'occupied', packCode: code, soc, soh });
  return misfits;
}

/** A pack has left its slot. The slot that the station names counts when the books know of no other. */
export function takeFrom(desk: Desk, named: SlotPlace, { code }: Moved): Misfit[] {
  const stood = desk.racks.placeOf.get(code);
  if (stood === undefined || keyOf(stood) === keyOf(named)) {
    empty(desk, named);
    return [];
  }
  empty(desk, stood);
  emptyIfFree(desk, named);
  return [
    [
      'pack-from-another-slot',
      `Pack ${code} went out of slot ${named.slotNo}, but by the books it stood in slot ${stood.slotNo} of ${stood.stationId}`,
    ],
  ];
}

/** The books were wrong about where it stands; what the sensors of that slot see is not our matter. */
function lift(desk: Desk, code: PackCode): void {
  const { stationId, slotNo } = desk.racks.placeOf.get(code)!;
  forget(desk, { stationId, slotNo });
  desk.slotChanges.push({ stationId, slotNo, packCode: null });
}

function empty(desk: Desk, { stationId, slotNo }: SlotPlace): void {
  forget(desk, { stationId, slotNo });
  desk.slotChanges.push({ stationId, slotNo, state: 'empty', packCode: null });
}

/** A slot that a pack has left some time ago: empty, unless by the books another one stands there now. */
export function emptyIfFree(desk: Desk, place: SlotPlace): void {
  if (!desk.racks.packIn.has(keyOf(place))) empty(desk, place);
}

function forget(desk: Desk, place: SlotPlace): void {
  const code = desk.racks.packIn.get(keyOf(place));
  if (code !== undefined) desk.racks.placeOf.delete(code);
  desk.racks.packIn.delete(keyOf(place));
}

/** A slot that the station does not have. */
export function slotMisfits(
  desk: Desk,
  { stationId }: { readonly stationId: SlotPlace['stationId'] },
  { code, slotNo }: Moved,
): Misfit[] {
  const slots = desk.stations.get(stationId)?.slots ?? 0;
  if (slotNo <= slots) return [];
  return [['slot-unknown', `Pack ${code} was told in slot ${slotNo}; the station has ${slots}`]];
}
