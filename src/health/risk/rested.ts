// When a pack has charged and rested, early warning looks at it.
import type { Work } from '#kernel';
import { known } from '#pack';
import { type Plate, plateOf } from '../charges/charge.ts';
import { riskOf } from '../warning/risk.ts';
import { REST_S, type Session, WrongSession } from '../warning/session.ts';
import { cleared, newWatch, type Watch, watched } from '../warning/watch.ts';
import { sensorDoubted } from './alarmed.ts';
import { judged, thresholds, unwatched } from './judged.ts';
import { learntAnew } from './learntAnew.ts';
import { type CellSample, factsOf, sessionOf, tellsCells } from './ofCharge.ts';
import { restOf } from './ofRest.ts';
import { consistencyIn } from './stands.ts';
import { keepSession, lookAt, lookedAtThen, type Stopped, type Watched, watchOf } from './store.ts';

/** By then a station has told how its pack rested; or it does not tell. */
const TOLD_WITHIN_S = 300;

type Ended = Omit<Stopped, 'kind'>;

/** Charges that stopped: their packs are looked at when they have rested for half an hour. */
export async function chargesStopped(work: Work, charges: readonly Ended[]): Promise<void> {
  const dueAt = ({ endedAt }: Ended) => endedAt.add({ seconds: REST_S + TOLD_WITHIN_S });
  await lookAt(
    work,
    charges.map((it) => ({ ...it, kind: 'charge', dueAt: dueAt(it) })),
  );
}

/** Packs that left after a rest are looked at once more; after what of them is to be looked at still. */
export async function restsEnded(work: Work, rests: readonly Ended[]): Promise<void> {
  const after = await lookedAtThen(
    work,
    rests.map((it) => it.packCode),
  );
  await lookAt(
    work,
    rests.map((it) => ({ ...it, kind: 'rest', dueAt: after.get(it.packCode) ?? work.at })),
  );
}

export interface RestedCharge extends Stopped {
  readonly samples: readonly CellSample[];
}

/** Packs have rested: each is judged by this charge and all before. A pack we do not know, or without cells told, is passed over. */
export async function packsRested(work: Work, charges: readonly RestedCharge[]): Promise<void> {
  const packs = await known(
    work,
    charges.map((it) => it.packCode),
  );
  for (const it of charges.toSorted((a, b) => Temporal.Instant.compare(a.endedAt, b.endedAt))) {
    const plate = plateOf(packs.get(it.packCode));
    if (plate && tellsCells(it.samples, plate)) await packRested(work, it, plate);
  }
}

async function packRested(work: Work, charge: RestedCharge, plate: Plate): Promise<void> {
  const { packCode, stationId, transactionId, samples } = charge;
  const had = await watchOf(work, packCode);
  const told = factsOf(plate, samples);
  const before = had
    ? withProbes(work, await ofToday(work, had), told.probes, charge)
    : unwatched(work, packCode, told);
  const { facts } = before.watch;
  const endedS = charge.endedAt.epochMilliseconds / 1000;
  const session = charge.kind === 'charge' ? sessionOf(samples, endedS, facts) : restOf(samples, endedS, facts);
  if (!session) return;
  const endedAt = Temporal.Instant.fromEpochMilliseconds(Math.round(session.endedS * 1000));
  const seen = looked(before.watch, session);
  const refused = seen instanceof WrongSession ? seen.message : null;
  const isNew = await keepSession(work, { packCode, endedAt, stationId, transactionId, session, refused });
  if (!isNew || seen instanceof WrongSession) return;
  const consistency = consistencyIn(session, facts) ?? before.consistency;
  const known = { ...before, watch: seen.watch, sessions: before.sessions + 1, at: endedAt, consistency };
  await judged(work, known, riskOf(seen.signs), charge);
}

/** What older detectors knew is learnt again from the same sessions. */
async function ofToday(work: Work, had: Watched): Promise<Watched> {
  return had.watch.version === newWatch(had.watch.facts).version ? had : { ...had, watch: await learntAnew(work, had) };
}

/** Told with another number of thermometers from now on: nobody knows which is which, so the pack is learnt anew with them. */
function withProbes(work: Work, had: Watched, probes: number, { stationId, slotNo }: RestedCharge): Watched {
  const { facts } = had.watch;
  if (probes === 0 || probes === facts.probes) return had;
  const { packCode } = had;
  work.announce(sensorDoubted, { packCode, stationId, slotNo, kind: 'probes-differ', probe: null, value: probes });
  const { stream } = had.watch;
  const watch = { ...cleared({ ...had.watch, facts: { ...facts, probes } }), stream };
  return { ...had, watch, learnsFrom: had.at, sessions: 0 };
}

/** What cannot be is kept with the words of the refusal, and teaches nothing. */
function looked(watch: Watch, session: Session): ReturnType<typeof watched> | WrongSession {
  try {
    return watched(watch, session, thresholds);
  } catch (error) {
    if (error instanceof WrongSession) return error;
    throw error;
  }
}
