import { sql } from 'kysely';
import type { Invariant } from '#kernel';

export const exchangeInvariants: readonly Invariant[] = [
  {
    id: 'exchange.receipt-fits',
    sentence: 'Every report that was received has the receipt of the very text that was sent',
    violations: () => sql`select id, platform from exchange.report where state = 'received'
      and (position('"id":"' || id || '"' in receipt) = 0 or position('"revision":' || revision || ',' in receipt) = 0
        or position(encode(sha256(convert_to(message, 'UTF8')), 'hex') in receipt) = 0)`,
  },
  {
    id: 'exchange.nothing-forgotten',
    sentence: 'Every report that is not at its end is tried again within a day, or rejected and shown to somebody',
    violations: ({ at }) => sql`select id, platform, next_at from exchange.report where state = 'waiting'
      and greatest(next_at, leased_until) > ${at.toString()}::timestamptz + interval '1 day'`,
  },
  {
    id: 'exchange.in-order',
    sentence:
      'No report of a pack was received while an earlier one to the same platform still waits, but for corrected ones',
    violations: () => sql`select r.id, r.platform, r.subject from exchange.report r
      where r.state = 'waiting' and r.revision = 1 and exists (select from exchange.report later
        where later.platform = r.platform and later.subject = r.subject and later.no > r.no and later.state = 'received')`,
  },
  {
    id: 'exchange.says-what-it-is-of',
    sentence: 'What a report says it is about is what it was made for',
    violations: () => sql`select id, platform, subject from exchange.report
      where split_part(message, E'\\n', 2)::json->>'id' is distinct from id::text
        or split_part(message, E'\\n', 2)::json->>'subject' is distinct from subject
        or split_part(message, E'\\n', 2)::json->>'platform' is distinct from platform
        or (split_part(message, E'\\n', 2)::json->>'revision')::integer is distinct from revision`,
  },
];
