// What a pack in a slot shows now, by the samples that its station told of late: runaway, acute signs, and what of it cannot
// be. Pure.
import { acuteIn, type Repeats, repeated } from '../warning/acute.ts';
import { newStream, type Runaway, type Stream, streamed } from '../warning/runaway.ts';
import { type PackFacts, WrongSession } from '../warning/session.ts';
import type { Sign } from '../warning/sign.ts';
import { type CellSample, secondsOf } from './ofCharge.ts';

/** Something that a station told of a pack and that cannot be so. */
export interface Doubt {
  readonly kind: 'probe-broken' | 'probes-differ' | 'cells-differ' | 'sample-wrong';
  readonly probe: number | null;
  readonly value: number | null;
}

export interface LookedOver {
  readonly runaway?: { readonly found: Runaway; readonly facts: PackFacts };
  /** The gravest of each kind, since when. */
  readonly signs: readonly Sign[];
  readonly doubts: readonly Doubt[];
}

interface Track {
  readonly facts: PackFacts;
  stream: Stream;
  repeats: Repeats;
}

/** A thermometer that others were read beside so lately is not the only one. */
const BESIDE_S = 300;

/**
 * The rule of GB 38031-2025 C.5.3.7 and the acute signs over these samples, in time order. Thermometers are followed by how
 * many were told: the one of the slot and those of the pack, or a list that was cut short, do not blind each other.
 */
export function lookedOver(
  samples: readonly CellSample[],
  plate: Omit<PackFacts, 'probes'>,
  leastOhmPerV: number,
): LookedOver {
  const tracks = new Map<number, Track>();
  const signs = new Map<string, Sign>();
  const doubts: Doubt[] = [];
  for (const it of samples) {
    const bare = bareIn(it, leastOhmPerV);
    if (bare) keepGravest(signs, bare);
    if (!it.cellMv && !it.probesC) continue;
    if (it.cellMv && it.cellMv.length !== plate.cells)
      doubts.push({ kind: 'cells-differ', probe: null, value: it.cellMv.length });
    for (const track of tracksOf(tracks, it, plate)) {
      const probesC = it.probesC ?? new Array<null>(track.facts.probes).fill(null);
      const seen = taken(track, it, probesC, doubts);
      if (!seen) continue;
      for (const sign of [...seen.signs, ...onlyOne(tracks, track, it)]) keepGravest(signs, sign);
      const { confirmed } = track.stream;
      if (confirmed)
        return { runaway: { found: confirmed, facts: track.facts }, signs: [...signs.values()], doubts: each(doubts) };
    }
  }
  const many = [...tracks.keys()].filter((it) => it > 1);
  if (many.length > 1) doubts.push({ kind: 'probes-differ', probe: null, value: Math.min(...many) });
  return { signs: [...signs.values()], doubts: each(doubts) };
}

function tracksOf(tracks: Map<number, Track>, it: CellSample, plate: Omit<PackFacts, 'probes'>): Track[] {
  const probes = it.probesC?.length;
  if (probes === undefined && tracks.size > 0) return [...tracks.values()];
  const had = tracks.get(probes ?? 0);
  if (had) return [had];
  const facts = { ...plate, probes: probes ?? 0 };
  const [other] = tracks.values();
  const known = other && { initialMv: other.stream.initialMv, fellS: other.stream.fellS };
  const track: Track = {
    facts,
    stream: { ...newStream(facts), ...known },
    repeats: { hot: [], fallen: other?.repeats.fallen ?? [] },
  };
  tracks.set(facts.probes, track);
  return [track];
}

function taken(
  track: Track,
  it: CellSample,
  probesC: readonly (number | null)[],
  doubts: Doubt[],
): { signs: Sign[] } | undefined {
  const { facts } = track;
  const atS = secondsOf(it);
  const cellMv = it.cellMv?.length === facts.cells ? it.cellMv : new Array<null>(facts.cells).fill(null);
  const before = track.stream;
  try {
    track.stream = streamed(before, { atS, currentA: it.currentA ?? null, cellMv, probeC: probesC }, facts);
  } catch (error) {
    if (!(error instanceof WrongSession)) throw error;
    doubts.push({ kind: 'sample-wrong', probe: null, value: null });
    return undefined;
  }
  if (track.stream === before) return undefined;
  const { probeC } = track.stream.probes.at(-1)!;
  for (const [probe, celsius] of probeC.entries())
    if (celsius === null && probesC[probe] !== null)
      doubts.push({ kind: 'probe-broken', probe, value: probesC[probe]! });
  const now = { atS, probeC, cellMv, fellS: track.stream.fellS };
  track.repeats = repeated(track.repeats, now, facts);
  return { signs: acuteIn(now, track.repeats, facts) };
}

/** The only thermometer tells what none can read in the heat: nothing else says that the pack is cool. */
function onlyOne(tracks: ReadonlyMap<number, Track>, { facts }: Track, it: CellSample): Sign[] {
  const [celsius] = it.probesC ?? [];
  if (facts.probes !== 1 || celsius === undefined || celsius < facts.hottestC) return [];
  const atS = secondsOf(it);
  const isBeside = [...tracks.values()].some(
    (other) => other.facts.probes > 1 && atS - (other.stream.probes.at(-1)?.atS ?? 0) <= BESIDE_S,
  );
  if (isBeside) return [];
  const sign = { detector: 'overheat', by: 'limit', cell: null, probe: null, level: 'stop', sinceS: atS } as const;
  return [{ ...sign, value: celsius, threshold: facts.hottestC }];
}

/** Below the limit of law now: not first when its session ends, which it does because the pack leaves. */
function bareIn(it: CellSample, least: number): Sign | undefined {
  const value = it.insulationOhmPerV;
  if (value === undefined || value >= least) return undefined;
  const sign = { detector: 'insulation-law', by: 'law', cell: null, probe: null, level: 'stop' } as const;
  return { ...sign, value, threshold: least, sinceS: secondsOf(it) };
}

function keepGravest(signs: Map<string, Sign>, sign: Sign): void {
  const had = signs.get(sign.detector);
  if (!had || (had.level !== 'stop' && sign.level === 'stop'))
    signs.set(sign.detector, { ...sign, sinceS: had?.sinceS ?? sign.sinceS });
}

/** Each thing once. */
const each = (doubts: readonly Doubt[]): Doubt[] => [
  ...new Map(doubts.map((it) => [`${it.kind} ${it.probe}`, it])).values(),
];
