-- Who took over which pack from whom, in what state (docs/decisions/0051): custody itself is in the ledger; here stands what was signed.

-- Every offer that was delivered with at least one signature. The note grows by the second one, and is never changed after.
create table exchange.handover (
  -- SHA-256 of the text.
  id              text collate "C" primary key,
  pack_code       text collate "C" not null,
  giver           text collate "C" not null,
  receiver        text collate "C" not null check (receiver <> giver),
  until           timestamptz not null,
  note            text not null,
  giver_signed    boolean not null,
  receiver_signed boolean not null,
  delivered_at    timestamptz not null,
  -- When both had signed and custody moved; its place among the certificates and disputes of the pack.
  certified_at    timestamptz,
  no              integer check (no >= 0),
  check (giver_signed or receiver_signed),
  check ((certified_at is null) = (no is null)),
  check (certified_at is null or (giver_signed and receiver_signed)),
  unique (pack_code, no)
);

-- The receiver's own version of what he was offered. Both are kept; custody stays.
create table exchange.handover_dispute (
  id          text collate "C" primary key,
  handover_id text collate "C" not null unique references exchange.handover,
  pack_code   text collate "C" not null,
  no          integer not null check (no >= 0),
  by_party    text collate "C" not null,
  note        text not null,
  at          timestamptz not null,
  unique (pack_code, no)
);
