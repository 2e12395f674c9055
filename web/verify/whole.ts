// What is said of a whole copy of a log. The page stays alive meanwhile: between files it gives the browser its turn.
import { type Event, type Files, verifyMirror } from '#record/verify';
import type { Mirror } from './folder.ts';
import { keysIn, policyIn } from './given.ts';
import { eventRows, type Row, rowsOf } from './rows.ts';
import { Over } from './wrong.ts';

export interface Asked {
  readonly mirror: Mirror;
  readonly policy: string;
  readonly producers: string;
  /** Code of the pack whose events are to be shown; empty for none. */
  readonly pack: string;
  readonly progress: (read: number, size: number) => void;
  /** Whether nobody waits for the verdict any more. */
  readonly isOver: () => boolean;
}

/** So long the browser waits for its turn at most. */
const TURN_MS = 30;

/** @throws Unproven, Wrong, Over */
export async function wholeHolds({ mirror, policy, producers, pack, progress, isOver }: Asked): Promise<Row[]> {
  const keys = await keysIn(producers);
  const code = pack.trim();
  const subject = code.includes(':') ? code : `pack:${code}`;
  const shown: Event[] = [];
  const it = await verifyMirror({
    files: inTurns(mirror.files, isOver),
    policy: await policyIn(policy),
    producers: keys.length > 0 ? keys : undefined,
    progress,
    ...(code !== '' && {
      seen: (event) => {
        if (event.subject === subject) shown.push(event);
      },
    }),
  });
  const { events, subjects, seals, unjudged, revoked } = it.replayed;
  return [
    ['whole', mirror.name],
    ...rowsOf(it),
    ['events', events.toLocaleString('en')],
    ['subjects', subjects.toLocaleString('en')],
    ['batches', seals.toLocaleString('en')],
    unjudged === 0 ? ['sealed', 'everySeal'] : ['unjudged', unjudged.toLocaleString('en')],
    ...revoked.map((one): Row => ['revoked', `${one.producer}: ${one.why} (≥ ${one.from}; ${one.doubted})`]),
    ...(code === '' ? [] : [['subject', subject] as const, ...eventRows(shown)]),
  ];
}

function inTurns(files: Files, isOver: () => boolean): Files {
  let since = performance.now();
  return async (path) => {
    if (performance.now() - since > TURN_MS) {
      await new Promise((done) => setTimeout(done));
      since = performance.now();
    }
    if (isOver()) throw new Over();
    return await files(path);
  };
}
