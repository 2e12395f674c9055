// What must hold between rooms. Each room checks itself; these look across.

import { sql } from 'kysely';
import { profileOf, vocabulary } from '#exchange';
import type { Invariant } from '#kernel';

/** Custody of each pack inside the network. */
const custody = sql.raw(`select asset as code, sum(credits_posted - debits_posted) as places
  from ledger.account where unit = 'custody' and holder not like 'outside:%' group by asset`);

/** A pack that was re-coded for its second use goes on under its successor's code. */
const packs = sql.raw(`select code from pack.pack where code not in (select original from pack.succession)
  union select code from pack.stranger`);

/** A code that was given up for a second-use one holds nothing any more. */
const wholeOf = (whole: number) =>
  sql.raw(`case when exists (select from pack.succession s where s.original = p.code) then 0 else ${whole} end`);

/** Pending transfers that nothing has resolved. */
const openPending = sql.raw(`select t.id, t.amount from ledger.transfer t where t.kind = 'pending'
  and not exists (select from ledger.transfer r where r.pending_id = t.id)`);

const settled = sql.raw(`body->'steps'->>'settled' is not null`);

/** Reported whatever they say; what is reported only sometimes (a grade, a hand-over to a recycler) is not counted here. */
const reportedTypes = vocabulary.flatMap(({ type, report }) =>
  report !== undefined && profileOf('national')!.wants[report] ? [type] : [],
);

/** What was signed about title, in the order it was done. */
const titleActs = sql.raw(
  `select id, pack_code, no, type, split_part(note, E'\\n\\n', 1)::json as said from pack.title_act`,
);

/** What carried votes ordered, by the acts that carried it out; needs "act". */
const enacted = sql.raw(`select e.id, e.pack_code, e.no, q.said->'proposal' as p from act e
  left join act q on q.type = 'title.question' and q.pack_code = e.pack_code and q.said->>'vote' = e.said->>'vote'
  where e.type = 'title.enact'`);

export const insightInvariants: readonly Invariant[] = [
  {
    id: 'insight.pack-in-one-place',
    sentence: 'Every pack that entered the network is in exactly one place, and one that was re-coded in none',
    violations: () => sql`select p.code, coalesce(c.places, 0) as places
      from (${packs}) p left join (${custody}) c using (code) where coalesce(c.places, 0) <> ${wholeOf(1)}`,
  },
  {
    id: 'insight.no-nameless-pack',
    sentence: 'Nobody holds a pack that never entered the network',
    violations: () => sql`select code, places from (${custody}) c where places <> 0 and code not in (${packs})`,
  },
  {
    id: 'insight.keeper-has-pack',
    sentence: 'Who is said to have a pack now is who has it by the accounts',
    violations:
      () => sql`select coalesce(k.asset, a.asset) as code, k.holder as said, a.holder as has from ledger.keeper k
      full join (select asset, holder from ledger.account
        where unit = 'custody' and credits_posted > debits_posted and holder not like 'outside:%') a
      on a.asset = k.asset and a.holder = k.holder where k.asset is null or a.asset is null`,
  },
  {
    id: 'insight.title-whole',
    sentence: 'The shares in every registered pack add up to the whole, and in one that was re-coded to nothing',
    violations: () => sql`select p.code, coalesce(t.millionths, 0) as millionths from pack.pack p left join (
        select asset as code, sum(credits_posted - debits_posted) as millionths from ledger.account
        where unit = 'title' and holder not like 'outside:%' group by asset) t using (code)
      where coalesce(t.millionths, 0) <> 1000000 and p.code not in (select original from pack.succession)`,
  },
  {
    id: 'insight.lien-has-its-share',
    sentence: 'Nobody has pledged more of a pack than he owns',
    violations:
      () => sql`select l.pack_code, l.owner, l.pledged, coalesce(a.credits_posted - a.debits_posted, 0) as owns
      from (select pack_code, owner, sum(millionths) as pledged from pack.lien where ended_at is null
        group by pack_code, owner) l
      left join ledger.account a on a.unit = 'title' and a.asset = l.pack_code and a.holder = 'party:' || l.owner
      where coalesce(a.credits_posted - a.debits_posted, 0) < l.pledged`,
  },
  {
    id: 'insight.title-moves-as-signed',
    sentence: 'Every transfer of a share that was signed is booked as it was signed, and no share moved otherwise',
    violations: () => sql`
      with act as (${titleActs}),
        moved as (
          select id, pack_code, said->>'from' as giver, said->>'to' as taker, (said->>'millionths')::bigint as amount
            from act where type = 'title.transfer'
          union all
          select a.id, a.pack_code, o.said->>'from', a.said->>'by', (a.said->>'millionths')::bigint from act a
            left join act o on o.type = 'title.offer' and o.pack_code = a.pack_code and o.said->>'offer' = a.said->>'offer'
            where a.type = 'title.take'
          union all
          select a.id, a.pack_code, p->>'from', p->>'to', (p->>'millionths')::bigint from (${enacted}) a
            where p->>'kind' = 'sale')
      select coalesce(a.pack_code, t.asset) as pack_code, a.id as act, t.id as transfer
      from moved a
      full join (select t.id, d.asset, d.holder as giver, c.holder as taker, t.amount from ledger.transfer t
          join ledger.account d on d.id = t.debit_id join ledger.account c on c.id = t.credit_id
        where d.unit = 'title' and d.holder not like 'outside:%' and c.holder not like 'outside:%') t
        on t.id = 'title/' || a.id
      where a.id is null or t.id is null or t.asset <> a.pack_code or t.giver is distinct from 'party:' || a.giver
        or t.taker is distinct from 'party:' || a.taker or t.amount is distinct from a.amount`,
  },
  {
    id: 'insight.restrictions-as-agreed',
    sentence: 'How shares may not move is what the owners agreed on or voted last, or else what the pack entered with',
    violations: () => sql`
      with act as (${titleActs}),
        agreed as (
          select distinct on (pack_code) pack_code, body from (
            select pack_code, no, said->'restrictions' as body from act where type = 'title.restrict'
            union all
            select pack_code, no, p->'restrictions' from (${enacted}) a where p->>'kind' = 'restrict'
            union all
            select substr(subject, 6), -1, body->'restrictions' from record.entry
              where type = 'pack.registered' and body->'restrictions' is not null) said
          order by pack_code, no desc)
      select coalesce(a.pack_code, r.pack_code) as pack_code, a.body as agreed, r.body as stored
      from agreed a full join pack.restriction r using (pack_code)
      where a.body::jsonb is distinct from r.body::jsonb`,
  },
  {
    id: 'insight.offer-as-taken',
    sentence: 'What the other owners took of an offered share is what they signed for, and never more than was offered',
    violations: () => sql`
      with act as (${titleActs}),
        took as (select pack_code, said->>'offer' as id, sum((said->>'millionths')::bigint) as millionths from act
          where type = 'title.take' group by 1, 2)
      select o.pack_code, o.id, t.millionths as signed, k.millionths as stored from pack.offer o
      left join took t using (pack_code, id)
      cross join lateral (select coalesce(sum(value::bigint), 0) as millionths from json_each_text(o.takes)) k
      where k.millionths <> coalesce(t.millionths, 0) or k.millionths > o.millionths
        or (k.millionths = o.millionths and o.ended_at is null)`,
  },
  {
    id: 'insight.share-is-paid-as-recorded',
    sentence: 'What was paid for a share by the books is what the record of its act says, and nothing else was',
    violations: () => sql`
      with told as (select 'title/' || (body->>'act') || '/price' as id, body->'paid' as paid from record.entry
          where type in ('title.taken', 'title.enacted') and body->'paid' is not null),
        paid as (select t.id, d.holder as giver, c.holder as taker, t.amount from ledger.transfer t
          join ledger.account d on d.id = t.debit_id join ledger.account c on c.id = t.credit_id
          where t.id >= 'title/' and t.id < 'title0' and t.id like '%/price')
      select coalesce(told.id, paid.id) as id, told.paid, paid.amount from told full join paid using (id)
      where (told.paid->>'fen')::bigint is distinct from paid.amount
        or 'party:' || (told.paid->>'from') is distinct from paid.giver
        or 'party:' || (told.paid->>'to') is distinct from paid.taker`,
  },
  {
    id: 'insight.title-act-is-recorded',
    sentence: 'Every signed act about the title of a pack is in its record once, as it was signed',
    violations: () => sql`select a.id, a.pack_code from pack.title_act a
      where (select count(*) from record.entry e where e.subject = 'pack:' || a.pack_code and e.type like 'title.%'
        and e.body->>'act' = a.id and e.body->>'note' = a.note) <> 1`,
  },
  {
    id: 'insight.title-key-is-recorded',
    sentence:
      'Every key that signs title, or did, is in the record of the organisation it speaks for, and when it ended',
    violations:
      () => sql`select coalesce('party:' || k.party_id, e.subject) as organisation, coalesce(k.key, e.key) as key
      from pack.title_key k full join (
        select subject, body->>'key' as key, bool_or(type = 'title.key-added') as added, bool_or(type = 'title.key-ended') as ended
        from record.entry where type in ('title.key-added', 'title.key-ended') group by subject, body->>'key') e
        on e.key = k.key and e.subject = 'party:' || k.party_id
      where k.key is null or e.key is null or not e.added or e.ended <> (k.ended_at is not null)`,
  },
  {
    id: 'insight.handover-is-booked',
    sentence:
      'Every certificate of a hand-over moved the pack as both sides signed, and nothing moved by one that is not there',
    violations: () => sql`select coalesce(h.pack_code, t.asset) as pack_code, h.id as handover, t.id as transfer
      from (select id, pack_code, receiver from exchange.handover where certified_at is not null) h
      full join (select t.id, d.asset, c.holder as taker from ledger.transfer t
          join ledger.account d on d.id = t.debit_id join ledger.account c on c.id = t.credit_id
        where t.id >= 'handover/' and t.id < 'handover0' and d.unit = 'custody') t on t.id = 'handover/' || h.id
      where h.id is null or t.id is null or t.asset <> h.pack_code or t.taker <> 'party:' || h.receiver`,
  },
  {
    id: 'insight.custody-by-certificate',
    sentence:
      'From one organisation’s hands to another’s a pack goes by a certificate, or by a correction that says who and why',
    violations: () => sql`select t.id, d.asset as pack_code, d.holder as giver, c.holder as taker from ledger.transfer t
        join ledger.account d on d.id = t.debit_id and d.unit = 'custody' and d.holder like 'party:%'
        join ledger.account c on c.id = t.credit_id and c.holder like 'party:%' and c.holder <> d.holder
      where t.kind in ('posted', 'post')
        and not exists (select from exchange.handover h
          where t.id = 'handover/' || h.id and h.certified_at is not null and d.holder = 'party:' || h.giver)
        and not (t.id like 'pack/' || d.asset || '/place/%' and exists (select from record.entry e
          where e.subject = 'pack:' || d.asset and e.type = 'pack.placed' and e.body->>'to' = c.holder
            and e.body->>'from' = d.holder))`,
  },
  {
    id: 'insight.handover-is-recorded',
    sentence: 'Every certificate and every dispute of a hand-over is in the record of its pack once, as it was signed',
    violations: () => sql`
      with told as (
        select subject, type, coalesce(body->>'dispute', body->>'handover') as id, body->>'note' as note,
          count(*) as entries
        from record.entry where type in ('pack.handed-over', 'pack.handover-disputed') group by 1, 2, 3, 4),
      kept as (
        select 'pack:' || pack_code as subject, 'pack.handed-over' as type, id, note from exchange.handover
          where certified_at is not null
        union all
        select 'pack:' || pack_code, 'pack.handover-disputed', id, note from exchange.handover_dispute)
      select id, subject, type, t.entries from told t full join (select *, true as is_kept from kept) k
        using (subject, type, id, note) where t.entries is distinct from 1 or k.is_kept is null`,
  },
  {
    id: 'insight.fact-is-reported',
    sentence: 'Every fact that the national platform wants has exactly one report there, and no report is of no fact',
    violations: () => sql`
      with entry as (select e.seq, e.subject from record.entry e, exchange.platform p
          where p.id = 'national' and e.subject like 'pack:%' and e.seq <= p.through and e.type = any(${reportedTypes})
            and not exists (select from json_to_recordset(p.holes) as h("from" bigint, "to" bigint)
              where e.seq between h."from" and h."to")),
        report as (select fact, count(*) as many from exchange.report where platform = 'national' and kind <> 'soh'
          group by fact)
      select e.seq, e.subject, coalesce(r.many, 0) as reports from entry e
        left join report r on r.fact = 'entry/' || e.seq where r.many is distinct from 1
      union all
      select null, r.subject, 1 from exchange.report r where r.fact like 'entry/%'
        and not exists (select from record.entry e where e.seq = split_part(r.fact, '/', 2)::bigint and e.subject = r.subject)`,
  },
  {
    id: 'insight.slot-has-custody',
    sentence: 'A pack that stands in a slot is in the custody of that station',
    violations: () => sql`select s.station_id, s.slot_no, s.pack_code, a.holder from station.slot s
      left join ledger.account a on a.unit = 'custody' and a.asset = s.pack_code
        and a.credits_posted > a.debits_posted and a.holder not like 'outside:%'
      where s.pack_code is not null and a.holder is distinct from 'station:' || s.station_id`,
  },
  {
    id: 'insight.energy-moves-with-its-pack',
    sentence: 'Energy of a swap moves only when its pack does, from and to the same holders',
    violations: () => sql`select e.id, d.holder as from_holder, c.holder as to_holder from ledger.transfer e
      join ledger.account d on d.id = e.debit_id join ledger.account c on c.id = e.credit_id
      left join (ledger.transfer p join ledger.account pd on pd.id = p.debit_id join ledger.account pc on pc.id = p.credit_id)
        on p.id = left(e.id, -length('/energy')) and pd.holder = d.holder and pc.holder = c.holder
      where e.id >= 'swap/' and e.id < 'swap0' and e.id like '%/energy' and p.id is null`,
  },
  {
    id: 'insight.swap-charged-once',
    sentence: 'Every settled swap was charged exactly its bill, and no other swap was charged',
    violations: () => sql`
      with charged as (
        select split_part(t.id, '/', 2) as swap_id,
          sum(case when t.kind in ('post', 'posted') then t.amount else 0 end) as fen
        from ledger.transfer t
        where t.id >= 'swap/' and t.id < 'swap0' and split_part(t.id, '/', 3) in ('charge', 'arrears')
        group by 1)
      select coalesce(s.id::text, c.swap_id) as swap_id, s.state, s.total_fen, c.fen as charged_fen
      from swap.swap s full join charged c on c.swap_id = s.id::text
      where coalesce(s.total_fen, 0) <> coalesce(c.fen, 0) or (c.swap_id is not null and s.total_fen is null)`,
  },
  {
    id: 'insight.shares-are-the-bill',
    sentence: 'What operator and owners get of a swap adds up to what the driver pays',
    violations: () => sql`
      with shared as (
        select split_part(t.id, '/', 2) as swap_id, sum(t.amount) as fen from ledger.transfer t
        where t.id >= 'swap/' and t.id < 'swap0' and split_part(t.id, '/', 3) = 'share' group by 1)
      select coalesce(s.id::text, c.swap_id) as swap_id, s.total_fen, c.fen as shared_fen
      from swap.swap s full join shared c on c.swap_id = s.id::text
      where coalesce(s.total_fen, 0) <> coalesce(c.fen, 0)`,
  },
  {
    id: 'insight.nothing-left-in-clearing',
    sentence: 'All that drivers paid for swaps has been handed on',
    violations: () => sql`select holder, credits_posted - debits_posted as left_over from ledger.account
      where unit = 'money' and holder like 'clearing:%' and credits_posted <> debits_posted`,
  },
  {
    id: 'insight.hold-has-its-swap',
    sentence: 'Money is set aside only for swaps that are under way and not settled',
    violations: () => sql`select o.id, s.state, s.ended_at from (${openPending}) o
      left join swap.swap s on s.id::text = split_part(o.id, '/', 2)
      where o.id >= 'swap/' and o.id < 'swap0' and split_part(o.id, '/', 3) = 'hold'
        and (s.id is null or s.ended_at is not null or s.${settled})`,
  },
  {
    id: 'insight.swap-has-its-hold',
    sentence: 'Money that a swap under way counts on is set aside',
    violations: () => sql`select s.id, s.state, s.body->>'held' as held from swap.swap s
      where s.ended_at is null and (s.body->>'held')::bigint > 0 and not (s.${settled})
        and not exists (select from (${openPending}) o
          where o.id = 'swap/' || s.id || '/hold' and o.amount = (s.body->>'held')::bigint)`,
  },
  {
    id: 'insight.promise-has-its-swap',
    sentence: 'A pack promised in the ledger waits for a swap that is under way, and the other way round',
    violations: () => sql`
      with promised as (select id from (${openPending}) o
        where id >= 'swap/' and id < 'swap0' and split_part(id, '/', 3) = 'promise')
      select p.swap_id, p.code, o.id as transfer from swap.promise p
      full join promised o on o.id = 'swap/' || p.swap_id || '/promise/' || p.code
      where p.code is null or o.id is null`,
  },
  {
    id: 'insight.move-is-booked',
    sentence: 'Every pack that changed hands in a swap changed custody with that very move, and none without a move',
    violations: () => sql`
      with booked as (
        select t.id from ledger.transfer t join ledger.account a on a.id = t.debit_id and a.unit = 'custody'
        where t.id >= 'swap/' and t.id < 'swap0' and split_part(t.id, '/', 3) = 'move')
      select m.swap_id, m.direction, m.code, m.nth, b.id as transfer
      from (select * from swap.move where booked) m
      full join booked b on b.id = 'swap/' || m.swap_id || '/move/' || m.nth || '/' || m.code
      where m.code is null or b.id is null`,
  },
  {
    id: 'insight.charging-is-booked',
    sentence: 'The energy booked for each charging is what its register showed',
    violations: () => sql`
      with booked as (
        select regexp_replace(id, '/[^/]*$', '') as charging, sum(amount) as wh from ledger.transfer
        where id >= 'charge/' and id < 'charge0' group by 1)
      select coalesce(b.charging, 'charge/' || t.station_id || '/' || t.id) as charging, t.booked_wh, b.wh
      from station.transaction t full join booked b on b.charging = 'charge/' || t.station_id || '/' || t.id
      where coalesce(t.booked_wh, 0) <> coalesce(b.wh, 0)`,
  },
  {
    id: 'insight.swap-at-a-station',
    sentence: 'Every swap happens at a station of ours',
    violations: () => sql`select s.id, s.station_id from swap.swap s
      where not exists (select from station.station t where t.id = s.station_id)`,
  },
  {
    id: 'insight.moves-are-recorded',
    sentence: 'Every move of a pack stands in the pack’s record once, and no move that never was',
    violations: () => sql`
      with told as (
        select subject, body->>'swapId' as swap_id, type, count(*) as entries from record.entry
        where type in ('swap.pack-returned', 'swap.pack-given') group by 1, 2, 3),
      moved as (
        select 'pack:' || code as subject, swap_id::text as swap_id,
          case direction when 'in' then 'swap.pack-returned' else 'swap.pack-given' end as type, count(*) as moves
        from swap.move group by 1, 2, 3)
      select * from told full join moved using (subject, swap_id, type) where entries is distinct from moves`,
  },
  {
    id: 'insight.settlement-is-recorded',
    sentence: 'Every settled swap stands in the record once',
    violations: () => sql`
      with told as (select subject, count(*) as entries from record.entry where type = 'swap.settled' group by 1)
      select s.id, t.subject, t.entries from (select id from swap.swap where ${settled}) s
      full join told t on t.subject = 'swap:' || s.id
      where t.entries is distinct from 1 or s.id is null`,
  },
  {
    id: 'insight.grade-is-recorded',
    sentence: 'Every grade of a pack stands in the pack’s record once, and no grade that never was',
    violations: () => sql`
      with told as (
        select subject, at, body->>'grade' as grade, count(*) as entries from record.entry
        where type = 'pack.graded' group by 1, 2, 3),
      decided as (select 'pack:' || pack as subject, at, grade, count(*) as grades from health.grade group by 1, 2, 3)
      select * from told full join decided using (subject, at, grade) where entries is distinct from grades`,
  },
  {
    id: 'insight.graded-out-is-kept-back',
    sentence: 'A pack that is good for storage or recycling only, or is being tested, is in quarantine',
    violations: () => sql`
      with shut as (
        select distinct on (pack) pack, grade from health.grade order by pack, nth desc)
      select p.code, s.grade, t.id as test from pack.pack p
      left join shut s on s.pack = p.code and s.grade in ('storage', 'quarantine', 'recycle')
      left join health.capacity_test t on t.pack = p.code and t.state = 'under-way'
      where (s.pack is not null or t.id is not null) and not p.quarantined`,
  },
  {
    id: 'insight.stopped-is-kept-back',
    sentence: 'A pack that early warning has stopped is in quarantine until somebody clears it',
    violations: () => sql`select w.pack_code, w.since from health.watch w join pack.pack p on p.code = w.pack_code
      where w.level = 'stop' and not p.quarantined`,
  },
  {
    id: 'insight.risk-is-recorded',
    sentence: 'What stands against a pack by early warning is the last thing its record says of that',
    violations: () => sql`
      with told as (
        select distinct on (subject) subject, coalesce(body->>'level', 'calm') as level from record.entry
        where type in ('health.risk-changed', 'health.risk-cleared') order by subject, seq desc)
      select w.pack_code, w.level, t.level as told from health.watch w
      full join told t on t.subject = 'pack:' || w.pack_code
      where coalesce(w.level, 'none') is distinct from coalesce(t.level, 'calm')`,
  },
  {
    id: 'insight.pack-entry-is-recorded',
    sentence: 'Every registered pack stands in the record from its entry on',
    violations: () => sql`
      with told as (select subject, count(*) as entries from record.entry where type = 'pack.registered' group by 1)
      select p.code, t.entries from pack.pack p left join told t on t.subject = 'pack:' || p.code
      where t.entries is distinct from 1`,
  },
  {
    id: 'insight.estimate-has-its-charge',
    sentence: 'Each estimate of a pack’s health is of a charge of that very pack',
    violations: () => sql`
      select c.station_id, c.transaction_id, c.pack_code, t.pack_code as charged from health.charge c
      left join station.transaction t on t.station_id = c.station_id and t.id = c.transaction_id
      where t.pack_code is distinct from c.pack_code`,
  },
  {
    id: 'insight.estimate-is-recorded',
    sentence: 'Each estimate of a pack’s health stands in the record, once',
    violations: () => sql`
      with told as (
        select subject, body->>'stationId' as station_id, body->>'transactionId' as transaction_id,
          (body->>'endedAt')::timestamptz as ended_at, count(*) as entries
        from record.entry where type = 'health.soh-estimated' group by 1, 2, 3, 4)
      select c.pack_code, c.station_id, c.transaction_id, t.entries from health.charge c
      left join told t on t.subject = 'pack:' || c.pack_code
        and t.station_id = c.station_id and t.transaction_id = c.transaction_id and t.ended_at = c.ended_at
      where c.standing = 'estimated' and t.entries is distinct from 1`,
  },
];
