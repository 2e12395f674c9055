-- What a caller asked once and was answered: the same Idempotency-Key again gets the same reply.
create table kernel.idempotency (
  caller      text not null,
  key         text not null,
  fingerprint text not null,
  reply       text not null,
  at          timestamptz not null,
  primary key (caller, key)
);
create index on kernel.idempotency (at);
