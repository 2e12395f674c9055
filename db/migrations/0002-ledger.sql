-- Double entry for everything that is conserved: money, energy, custody, title, carbon. Transfers are never changed.
create schema ledger;

create table ledger.account (
  id              bigint generated always as identity primary key,
  unit            text not null check (unit in ('money', 'energy', 'custody', 'title', 'carbon')),
  -- No bar: `unit|asset|holder` names one account.
  asset           text not null check (position('|' in asset) = 0),
  holder          text not null,
  -- 'debits': debits must not exceed credits; 'credits': the other way; 'none': a source or sink outside the network.
  bound           text not null check (bound in ('none', 'debits', 'credits')),
  debits_posted   bigint not null default 0 check (debits_posted >= 0),
  credits_posted  bigint not null default 0 check (credits_posted >= 0),
  debits_pending  bigint not null default 0 check (debits_pending >= 0),
  credits_pending bigint not null default 0 check (credits_pending >= 0),
  closed_at       timestamptz,
  unique (unit, asset, holder),
  constraint account_bound check (
    bound = 'none'
    or (bound = 'debits' and debits_posted + debits_pending <= credits_posted)
    or (bound = 'credits' and credits_posted + credits_pending <= debits_posted)
  )
) with (fillfactor = 70);
-- With the asset, so that a lookup by all three is quick by whichever index PostgreSQL takes.
create index on ledger.account (holder, unit, asset);

create table ledger.transfer (
  id         text collate "C" primary key,
  -- The order in which transfers were made.
  seq        bigint generated always as identity,
  kind       text not null check (kind in ('posted', 'pending', 'post', 'void', 'expire')),
  -- The pending transfer that a 'post', 'void' or 'expire' resolves.
  pending_id text collate "C",
  -- No foreign keys: the accounts are locked when a transfer is written and are never deleted (below), and looking each up
  -- again took a third of all time. `ledger.one-unit` finds a transfer without its account.
  debit_id   bigint not null,
  credit_id  bigint not null,
  amount     bigint not null check (amount >= 0),
  reason     text not null,
  -- Linked transfers carry the id of their first leg and how many legs there are: all of them exist or none.
  link       text collate "C" not null,
  legs       integer not null check (legs > 0),
  at         timestamptz not null,
  expires_at timestamptz,
  check (debit_id <> credit_id),
  check ((pending_id is not null) = (kind in ('post', 'void', 'expire'))),
  check (kind = 'pending' or expires_at is null)
);
-- A pending transfer is posted, voided or expired exactly once.
create unique index transfer_resolves_once on ledger.transfer (pending_id) where pending_id is not null;
-- By number: half the size, and half the work of every insert, of the same indexes with ids.
create index on ledger.transfer (debit_id, seq);
create index on ledger.transfer (credit_id, seq);
create index transfer_expiring on ledger.transfer (expires_at) where kind = 'pending' and expires_at is not null;

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'ledger.transfer is append-only: reverse a transfer with another one';
end $$;
create trigger transfer_is_append_only before update or delete or truncate on ledger.transfer
  for each statement execute function ledger.refuse_change();

create function ledger.refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception 'ledger.account is never deleted: close it';
end $$;
create trigger account_stays before delete or truncate on ledger.account
  for each statement execute function ledger.refuse_delete();
