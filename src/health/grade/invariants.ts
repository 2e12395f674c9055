import { sql } from 'kysely';
import { type Invariant, recordset, type Work } from '#kernel';
import { replayGrade } from './gradePack.ts';
import { gradesAfter, policiesOf } from './store.ts';

/** So many are decided again at a time. */
const PIECE = 2000;

interface Differs {
  readonly pack: string;
  readonly nth: number;
  readonly said: string;
}

export const gradeInvariants: readonly Invariant[] = [
  {
    id: 'health.grade-follows',
    sentence: 'Every grade follows from its stored evidence by its policy, whoever decides again',
    violations: async (work) =>
      sql`select pack, nth, said from ${recordset({ pack: 'text', nth: 'integer', said: 'text' }, await differing(work))}`,
  },
  {
    id: 'health.grades-in-order',
    sentence: 'Grades of a pack are counted without a gap, and none is dated before the one it follows',
    violations: () => sql`select pack, nth, at from (
        select pack, nth, at, lag(at) over w as earlier, row_number() over w as place from health.grade
        window w as (partition by pack order by nth)) g
      where place <> nth or earlier > at + interval '5 seconds'`,
  },
];

async function differing(work: Work): Promise<Differs[]> {
  const found: Differs[] = [];
  for (let last = { pack: '', nth: 0 }; ; ) {
    const some = await gradesAfter(work, last, PIECE);
    const policies = new Map(
      (
        await policiesOf(
          work,
          some.map((it) => it.policy),
        )
      ).map((it) => [it.version, it]),
    );
    for (const it of some) {
      const policy = policies.get(it.policy);
      if (!policy || !replayGrade(policy, it)) found.push({ pack: it.pack, nth: it.nth, said: it.grade });
    }
    if (some.length < PIECE) return found;
    last = some.at(-1)!;
  }
}
