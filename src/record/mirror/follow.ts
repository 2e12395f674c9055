// A copy of a log that never believes what it fetches: new files first, the checkpoint last and only when all of it holds.
import { consistencyPath } from '#record/log';
import {
  type Accepted,
  accepted,
  type Bytes,
  type Files,
  type Policy,
  same,
  signedByLog,
  tilePath,
  tilesOf,
  Unproven,
  type VerifierKey,
  verifyConsistency,
  verifyMirror,
  verifyTree,
} from '#record/verify';
import { folderFiles, forgetFile, keepFile } from './folder.ts';

export interface Copy {
  readonly from: Files;
  readonly dir: string;
  readonly policy: Policy;
  readonly producers?: readonly VerifierKey[] | undefined;
}

export interface Followed {
  readonly accepted: Accepted;
  /** Entries before and now. */
  readonly before: number;
  readonly events: number;
  /** Files fetched. */
  readonly fetched: number;
}

/** So many requests are under way at once. */
const AT_ONCE = 8;

/**
 * Brings the copy in `dir` up to the log's checkpoint. Fetches only what it does not have; reads all of it again.
 * When anything does not hold, the copy stays as it was. @throws Unproven
 */
export async function follow({ from, dir, policy, producers }: Copy): Promise<Followed> {
  const own = folderFiles(dir);
  const bytes = await from('checkpoint');
  if (bytes === undefined) throw new Unproven('file-missing', 'The log has no checkpoint');
  const now = await accepted(bytes, policy);
  const oldBytes = await own('checkpoint');
  // It was accepted when it was kept; more witnesses may be asked for since. That the log has only grown from it is verified below.
  const old = oldBytes && (await signedByLog(oldBytes, policy));
  if (old && old.checkpoint.origin !== now.checkpoint.origin)
    throw new Unproven('wrong-log', `This is a copy of ${old.checkpoint.origin}, not of ${now.checkpoint.origin}`);
  if (old && old.checkpoint.size > now.checkpoint.size) await grownFrom(old, now, own); // it shrank: nothing is fetched
  const wanted = pathsOf(now.checkpoint.size);
  // What the old checkpoint vouched for is here, and never changes.
  const kept = pathsOf(old?.checkpoint.size ?? 0);
  const fetched: string[] = [];
  try {
    await inTurns(
      [...wanted].filter((it) => !kept.has(it)),
      async (path) => {
        const found = await from(path);
        if (found === undefined) throw new Unproven('file-missing', `The log does not have ${path}`);
        // A file of the log never changes. One is here already when a run was stopped, or when somebody put an older checkpoint here.
        const had = await own(path);
        if (had !== undefined && !same(had, found))
          throw new Unproven('not-consistent', `The log now has another ${path} than the copy in ${dir}: keep both`);
        if (had !== undefined) return;
        fetched.push(path);
        keepFile(dir, path, found);
      },
    );
    const candidate: Files = async (path) => (path === 'checkpoint' ? bytes : own(path));
    if (old) await grownFrom(old, now, candidate);
    const { replayed } = await verifyMirror({ files: candidate, policy, producers });
    keepFile(dir, 'checkpoint', bytes);
    for (const path of kept) if (!wanted.has(path)) forgetFile(dir, path);
    return { accepted: now, before: old?.checkpoint.size ?? 0, events: replayed.events, fetched: fetched.length };
  } catch (error) {
    for (const path of fetched) forgetFile(dir, path);
    throw old && error instanceof Unproven ? await blamed(error, dir, old) : error;
  }
}

/** Whether the log is to blame or the disk: what the copy's own checkpoint vouched for is either still here, or not. */
async function blamed(error: Unproven, dir: string, old: Accepted): Promise<Unproven> {
  const damage = await verifyTree(folderFiles(dir), old.checkpoint, async () => {}).then(
    () => undefined,
    (found) => found,
  );
  return damage instanceof Unproven && damage.message === error.message
    ? new Unproven(
        error.reason,
        `${error.message}: the copy in ${dir} was changed since it was made. Keep it, and begin another in an empty folder`,
      )
    : error;
}

/** @throws Unproven `not-consistent` when the log shrank, forked or was written anew */
async function grownFrom(old: Accepted, now: Accepted, files: Files): Promise<void> {
  const [a, b] = [old.checkpoint, now.checkpoint];
  const path: Bytes[] = a.size > b.size ? [] : await consistencyPath(files, a.size, b.size);
  await verifyConsistency({ old: a, now: b, path });
}

const pathsOf = (size: number): Set<string> =>
  new Set(
    [...tilesOf(size)].flatMap((it) => [
      tilePath(it),
      ...(it.level === 0 ? [tilePath({ ...it, level: 'entries' })] : []),
    ]),
  );

/** Stops at the first that fails, and not before all that are under way have ended: what they write is taken away again. */
async function inTurns<T>(all: readonly T[], act: (it: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const it of left) {
      if (failures.length > 0) return;
      await act(it).catch((error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
}
