// What one fact becomes for one platform: pure.
import type { Entry } from '#record';
import type { Instant, PackCode, PartyId, StationId } from '#units';
import { meaning } from './lifecycle.ts';
import { type CityProfile, covers, dueAt } from './profiles.ts';
import type { ReportKind } from './words.ts';

/** What has to be known of where something happened. */
export interface Site {
  readonly stationId: StationId;
  readonly operatorId: PartyId;
  readonly region: string | null;
}

export interface Draft {
  readonly id: string;
  readonly platform: string;
  readonly fact: string;
  readonly kind: ReportKind;
  readonly subject: string;
  readonly stationId: StationId | null;
  readonly operatorId: PartyId | null;
  readonly region: string | null;
  readonly happenedAt: Instant;
  readonly dueAt: Instant;
  readonly message: string;
}

/** What is said, before it is text. */
export interface Content {
  readonly v: 1;
  readonly id: string;
  readonly revision: number;
  readonly platform: string;
  readonly kind: ReportKind;
  readonly subject: string;
  readonly happenedAt: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const HEAD = 'packloop report v1\n';

/** One line of JSON below a line that says what it is: a key of ours never signs one thing for another. */
export const messageOf = (content: Content): string => `${HEAD}${JSON.stringify(content)}\n`;

/** @throws SyntaxError when it is none */
export function contentOf(message: string): Content {
  if (!message.startsWith(HEAD)) throw new SyntaxError('no report');
  return JSON.parse(message.slice(HEAD.length)) as Content;
}

/** As what this entry is reported, whatever the platform; undefined for what nobody wants to know. */
export function kindOf(
  entry: Pick<Entry, 'subject' | 'type' | 'body'>,
  recyclers: ReadonlySet<string>,
): ReportKind | undefined {
  if (!entry.subject.startsWith('pack:')) return undefined;
  if (entry.type === 'pack.placed') return recyclers.has(String(entry.body.to)) ? 'hand-over' : undefined;
  return meaning(entry)?.report;
}

export interface Circumstances {
  readonly id: string;
  /** Nobody was late before the platform was connected. */
  readonly connectedAt: Instant;
  readonly site: Site | undefined;
  readonly recyclers: ReadonlySet<string>;
}

/** @returns undefined when this platform does not want to know */
export function reportOf(entry: Entry, profile: CityProfile, about: Circumstances): Draft | undefined {
  const kind = kindOf(entry, about.recyclers);
  const wanted = kind && profile.wants[kind];
  if (!wanted || !covers(profile, about.site?.region ?? null)) return undefined;
  const happenedAt = momentOf(entry);
  const told = fieldsOf(entry, kind);
  const fields = Object.fromEntries(wanted.fields.flatMap((it) => (told[it] === undefined ? [] : [[it, told[it]]])));
  const from = Temporal.Instant.compare(happenedAt, about.connectedAt) < 0 ? about.connectedAt : happenedAt;
  return draft(profile, about, { fact: `entry/${entry.seq}`, kind, subject: entry.subject, happenedAt, fields, from });
}

interface Fact {
  readonly fact: string;
  readonly kind: ReportKind;
  readonly subject: string;
  readonly happenedAt: Instant;
  readonly fields: Content['fields'];
  /** From when the limit counts. */
  readonly from: Instant;
}

function draft(
  profile: CityProfile,
  { id, site }: Pick<Circumstances, 'id' | 'site'>,
  { fact, kind, subject, happenedAt, fields, from }: Fact,
): Draft {
  const said = { kind, subject, happenedAt: happenedAt.toString(), fields };
  return {
    ...{ id, platform: profile.id, fact, kind, subject, happenedAt },
    stationId: site?.stationId ?? null,
    operatorId: site?.operatorId ?? null,
    region: site?.region ?? null,
    dueAt: dueAt(from, profile.wants[kind]!.within),
    message: messageOf({ v: 1, id, revision: 1, platform: profile.id, ...said }),
  };
}

export interface Standing {
  readonly code: PackCode;
  readonly soh: number | null;
  readonly soc: number | null;
}

/** A station's periodic upload: the health of the packs that stand in it. @param period its first instant @param at now */
export function sohReport(
  profile: CityProfile,
  { id, site, packs, period, at }: { id: string; site: Site; packs: readonly Standing[]; period: Instant; at: Instant },
): Draft {
  return draft(
    profile,
    { id, site },
    {
      ...{ fact: `soh/${site.stationId}/${period}`, kind: 'soh', subject: `station:${site.stationId}` },
      ...{ happenedAt: at, from: at, fields: { station: site.stationId, packs } },
    },
  );
}

/** The beginning of the period of so many hours that this instant lies in, counted from 1970 in China's time. */
export function periodOf(at: Instant, hours: number): Instant {
  const offset = 8 * 3_600_000;
  const length = hours * 3_600_000;
  return Temporal.Instant.fromEpochMilliseconds(Math.floor((at.epochMilliseconds + offset) / length) * length - offset);
}

/** A station may have been late to tell: its own time counts. One that cannot be read, or lies ahead of ours, does not. */
function momentOf({ at, body }: Entry): Instant {
  if (typeof body.at !== 'string') return at;
  try {
    const own = Temporal.Instant.from(body.at);
    return Temporal.Instant.compare(own, at) > 0 ? at : own;
  } catch {
    return at;
  }
}

/** Everything of an entry that a profile can name. Nothing of it is about a person: those fields are not in the body at all. */
function fieldsOf({ type, body }: Entry, kind: ReportKind): Readonly<Record<string, unknown>> {
  const { stationId, ...rest } = body;
  // Who had it may be a vehicle, and its VIN is somebody's.
  if (kind === 'hand-over') return { ...rest, from: String(rest.from).replace(/^vehicle:.*/, 'vehicle') };
  // What a technician wrote may name somebody, and what was sent cannot be erased any more: only how it ended is told.
  if (kind === 'repair') return { ...rest, outcome: type.slice('pack.'.length) };
  if (kind !== 'swap') return rest;
  return { ...rest, station: stationId, direction: type === 'swap.pack-given' ? 'out' : 'in' };
}
