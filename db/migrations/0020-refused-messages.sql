-- What was refused is kept like what was answered: with the error instead of the answer.
alter table ocpp.message
  alter answer drop not null,
  add error text,
  add constraint message_answer check (num_nonnulls(answer, error) = 1);
