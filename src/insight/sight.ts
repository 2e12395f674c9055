// How much of the network somebody sees. Where the public view is open anybody sees it as a driver needs it; whoever may see
// more sees that of his own, and nothing of others beside it: what a screen lists is what its file holds.
import type { Caller } from '#kernel';
import { everything, nothing, type Permission, type Reach } from '#kernel/api';
import type { StationNow } from './network.ts';

/** How far somebody sees, and whether he sees it in full or as anybody does. */
export interface View {
  readonly reach: Reach;
  readonly inFull: boolean;
}

/** Within this permission in full; without it as anybody does, where anybody may look. */
export function viewOf({ grants }: Caller, permission: Permission, isPublic: boolean): View {
  const reach = grants[permission];
  return reach ? { reach, inFull: true } : { reach: isPublic ? everything : nothing, inFull: false };
}

/** Stations with their slots: in full for whoever sees stations, else where he may look for one. */
export function stationView(caller: Caller, isPublic: boolean): View {
  const view = viewOf(caller, 'station.see', isPublic);
  return view.inFull ? view : { reach: viewOf(caller, 'network.see', isPublic).reach, inFull: false };
}

interface Told {
  readonly returned: readonly unknown[];
  readonly given: readonly unknown[];
  readonly netWh: number | null;
  readonly totalFen: number | null;
  readonly problems: readonly unknown[];
}

/** A swap as anybody sees it: that it happens, where, and how far it has come. */
export const swapInPublic = <Swap extends Told>(swap: Swap): Swap => ({
  ...swap,
  returned: [],
  given: [],
  netWh: null,
  totalFen: null,
  problems: [],
});

/** A station as anybody sees it: which packs of which model are how full, not which packs they are. */
export const stationInPublic = (it: StationNow): StationNow => ({
  ...it,
  slots: it.slots.map((slot) => ({ ...slot, packCode: null, soh: null })),
});

/** What is told of an anomaly to anybody names no pack. The same as `publicSentence` in reads/anomalies.ts. */
export const sentenceInPublic = (sentence: string): string => sentence.replaceAll(/[0-9A-Z]{24}/g, '…');
