// What is asked of the checker, as it stands in the address: so an answer is passed on by its link. Pure.
export interface Question {
  /** A model of the catalogue. */
  readonly vehicle: string;
  /** A model of the catalogue; not looked at when `codes` are given. */
  readonly pack: string;
  /** Registered packs, as they stand. */
  readonly codes: readonly string[];
  /** How many new ones; nothing: as the car needs. */
  readonly blocks: number | undefined;
  /** `station:<id>` of ours or `preset:<id>` of the catalogue; empty: nowhere in particular. */
  readonly where: string;
  readonly bay: number;
  readonly vehicleFirmware: string;
  readonly stationFirmware: string;
  /** A day, as 2026-11-22; empty: now. */
  readonly day: string;
}

type Search = Readonly<Record<string, string | undefined>>;

const whole = (text: string | undefined, most: number): number | undefined => {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
};

export function readQuestion(search: Search): Question {
  return {
    vehicle: search.vehicle ?? '',
    pack: search.pack ?? '',
    codes: [...new Set((search.codes ?? '').split(/[\s,]+/).filter(Boolean))].slice(0, 12),
    blocks: whole(search.blocks, 12),
    where: search.where ?? '',
    bay: whole(search.bay, 99) ?? 1,
    vehicleFirmware: search.vfw ?? '',
    stationFirmware: search.sfw ?? '',
    day: /^\d{4}-\d\d-\d\d$/.test(search.day ?? '') ? search.day! : '',
  };
}

/** Without what is usual. */
export function writeQuestion(it: Question): Search {
  return {
    vehicle: it.vehicle,
    pack: it.pack,
    codes: it.codes.join(' '),
    blocks: it.blocks?.toString() ?? '',
    where: it.where,
    bay: it.bay === 1 ? '' : String(it.bay),
    vfw: it.vehicleFirmware,
    sfw: it.stationFirmware,
    day: it.day,
  };
}

export const isVersion = (text: string): boolean => /^v?\d{1,3}(\.\d{1,3}){0,2}$/.test(text);

/** Newer than any: stands for firmware that nobody asked about, when the other side's is. */
const NEWEST = '999';

/** The question as the server takes it; nothing while something is missing or wrong. */
export function checkOf(it: Question, presetId: string | undefined) {
  if (!it.vehicle || presetId === undefined || (it.codes.length === 0 && !it.pack)) return undefined;
  const versions = [it.vehicleFirmware, it.stationFirmware].filter(Boolean);
  if (!versions.every(isVersion)) return undefined;
  return {
    vehicleModelId: it.vehicle,
    presetId,
    bay: it.bay,
    ...(it.codes.length > 0
      ? { packs: it.codes }
      : { packModelId: it.pack, ...(it.blocks !== undefined && { blocks: it.blocks }) }),
    ...(versions.length > 0 && {
      firmware: { vehicle: it.vehicleFirmware || NEWEST, station: it.stationFirmware || NEWEST },
    }),
    ...(it.day && { at: `${it.day}T04:00:00Z` }),
  };
}
