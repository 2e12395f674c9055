import type { ClauseRef } from './clause.ts';
import type { Profile } from './profiles.ts';

/** What changes for packs, vehicles and stations when one version of a profile follows another. */
export interface ProfileDiff {
  readonly from: string;
  readonly to: string;
  readonly added: readonly ClauseRef[];
  readonly removed: readonly ClauseRef[];
  readonly changed: readonly {
    readonly id: string;
    readonly field: string;
    readonly from: string;
    readonly to: string;
  }[];
}

const FIELDS = ['says', 'limits', 'binding', 'commonPlatformOnly', 'status'] as const;

/** Clauses are the same when standard, clause and tested fact are; then their wording, limits and force are compared. */
export function diffProfiles(from: Profile, to: Profile): ProfileDiff {
  const [before, after] = [refs(from), refs(to)];
  return {
    from: from.id,
    to: to.id,
    added: [...after.values()].filter((it) => !before.has(it.id)),
    removed: [...before.values()].filter((it) => !after.has(it.id)),
    changed: [...after.values()].flatMap((now) => {
      const was = before.get(now.id);
      if (!was) return [];
      return FIELDS.map((field) => ({ id: now.id, field, from: text(was[field]), to: text(now[field]) })).filter(
        (it) => it.from !== it.to,
      );
    }),
  };
}

/** The diff for people, a line a change. */
export function diffReport(diff: ProfileDiff): string {
  const { added, removed, changed } = diff;
  const lines = [
    ...added.map((it) => `+ ${it.standard} ${it.clause}: ${it.says} (${it.status})`),
    ...removed.map((it) => `- ${it.standard} ${it.clause}: ${it.says}`),
    ...changed.map((it) => `~ ${it.id}: ${it.field} was ${it.from}, is ${it.to}`),
  ];
  return [`${diff.from} -> ${diff.to}`, ...(lines.length ? lines : ['no change'])].join('\n');
}

const refs = (profile: Profile) => new Map(profile.clauses.map((it) => [it.ref.id, it.ref]));
const text = (it: unknown): string => (typeof it === 'string' ? it : JSON.stringify(it));
