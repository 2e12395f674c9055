import { sql } from 'kysely';
import type { Invariant } from '#kernel';

/** The swap does not say that it had one of these problems. */
const withoutProblem = (codes: readonly string[]) =>
  sql`not exists (select from json_array_elements(body->'problems') told where told->>'code' = any(${codes}))`;

export const swapInvariants: readonly Invariant[] = [
  {
    id: 'swap.ended-has-end',
    sentence: 'A swap has an end if and only if its state is a last one',
    violations: () => sql`select id, state, ended_at from swap.swap
      where (ended_at is not null) <> (state in ('released', 'expired', 'cancelled', 'aborted'))`,
  },
  {
    id: 'swap.settled-has-bill',
    sentence: 'A swap that was settled has one bill, whose lines add up to its total',
    violations: () => sql`select id, total_fen, lines from (
        select id, total_fen, body->'steps'->>'settled' as settled,
          (select sum((line->>'amount')::bigint) from json_array_elements(body->'bill'->'lines') line) as lines
        from swap.swap) s
      where (settled is not null) <> (total_fen is not null) or coalesce(lines, 0) <> coalesce(total_fen, 0)`,
  },
  {
    id: 'swap.released-is-whole',
    sentence: 'A released swap was settled first, and where other than as many packs went out as came in, it says so',
    violations: () => sql`select id from swap.swap where state = 'released' and (body->'steps'->>'settled' is null
        or (json_array_length(body->'given') <> json_array_length(body->'returned') and ${withoutProblem([
          'numbers-differ',
          'extra-pack-given',
        ])}))`,
  },
  {
    id: 'swap.no-failed-check-released',
    sentence:
      'No vehicle was released while a safety check of its swap stood failed, unless an operator did it by hand or it was told later',
    violations: () => sql`select id, c.key as check from swap.swap, json_each(body->'checks') c
      where body->'steps'->>'settled' is not null and ${withoutProblem(['resolved', 'ended-by-itself', 'check-failed-late'])} and not (c.value->>'passed')::boolean
        and not exists (select from json_array_elements(body->'problems') p where p->>'code' = 'check-' || c.key
          and (p->>'at')::timestamptz > (body->'steps'->>'settled')::timestamptz)`,
  },
  {
    id: 'swap.moves-match-document',
    sentence: 'The packs that a swap returned and gave are the moves that were booked for it',
    violations: () => sql`select coalesce(s.id, m.swap_id) as id from swap.swap s
      full join (select swap_id, count(*) as moves from swap.move group by swap_id) m on m.swap_id = s.id
      where coalesce(m.moves, 0) <> coalesce((s.body->>'moves')::int, -1)`,
  },
  {
    id: 'swap.promises-are-open',
    sentence: 'A pack is promised only to a swap that is under way',
    violations:
      () => sql`select p.code, p.swap_id, s.state from swap.promise p left join swap.swap s on s.id = p.swap_id
      where s.id is null or s.ended_at is not null or s.body->'steps'->>'settled' is not null`,
  },
  {
    id: 'swap.lapses-in-time',
    sentence: 'No swap waits a quarter of an hour longer than its time',
    violations: (work) => sql`select id, state, expires_at from swap.swap
      where ended_at is null and expires_at < ${work.at.subtract({ minutes: 15 }).toString()}`,
  },
  {
    id: 'swap.one-number-each',
    sentence: 'A number of a station stands for one swap under way at the most',
    violations: () => sql`select station_id, request_id, count(*) as swaps from swap.swap
      where ended_at is null and request_id is not null group by station_id, request_id having count(*) > 1`,
  },
  {
    id: 'swap.ends-some-day',
    sentence: 'Every swap under way ends by itself some day, and with it whatever it holds',
    violations: () => sql`select id, state, body->>'held' as held from swap.swap
      where ended_at is null and (expires_at is null
        or (state in ('blocked', 'stranded', 'unreturned')) <> (body->>'stuckAt' is not null))`,
  },
  {
    // Rows are looked at a while after the work began, and the time of a demo runs 60 times as fast as PostgreSQL's.
    id: 'swap.no-end-in-the-future',
    sentence: 'No swap ended later than we heard of its end',
    violations: (work) => sql`select id, ended_at, updated_at from swap.swap
      where ended_at > updated_at or started_at > updated_at 
        or updated_at > ${work.at.add({ minutes: 5 }).toString()}::timestamptz + 60 * (clock_timestamp() - transaction_timestamp())`,
  },
  {
    id: 'swap.one-under-way',
    sentence: 'A driver has asked for at most one swap under way in which no pack has moved',
    violations: () => sql`select id_token, count(*) as swaps from swap.swap
      where ended_at is null and body->>'origin' <> 'unannounced' and state in ('reserved', 'arrived', 'identified', 'authorised') and (body->>'moves')::int = 0
      group by id_token having count(*) > 1`,
  },
];
