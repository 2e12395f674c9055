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
  {
    id: 'exchange.handover-says-it',
    sentence: 'Every hand-over is kept under the hash of what was signed, and says of whom and of what it is',
    violations: () => sql`
      with kept as (
        select id, pack_code, giver as one, receiver as other, note, 'from' as first, 'to' as second,
          giver_signed::integer + receiver_signed::integer as signatures from exchange.handover
        union all
        select id, pack_code, by_party, handover_id, note, 'by', 'disputes', 1 from exchange.handover_dispute)
      select id, pack_code from kept, lateral (select split_part(note, E'\\n', 1) as text) t
      where id <> encode(sha256(convert_to(text || E'\\n', 'UTF8')), 'hex')
        or text::json->>'pack' is distinct from pack_code or text::json->>first is distinct from one
        or text::json->>second is distinct from other
        or (length(note) - length(replace(note, E'\\n— ', ''))) / 3 < signatures`,
  },
  {
    id: 'exchange.dispute-of-an-offer',
    sentence: 'What a receiver disputes was offered to him, of that very pack',
    violations: () => sql`select d.id, d.handover_id from exchange.handover_dispute d
      join exchange.handover h on h.id = d.handover_id
      where h.certified_at is not null or not h.giver_signed or h.receiver <> d.by_party or h.pack_code <> d.pack_code
        or exists (select from exchange.handover o where o.pack_code = d.pack_code and o.no = d.no)`,
  },
];
