-- Between which instants a transaction's energy register was read: a slot delivers no more in a time than it can.
-- `again`: the station used the id anew after this transaction had ended; it goes on under this one.
alter table station.transaction
  add column metered_from timestamptz,
  add column metered_to   timestamptz,
  add column again        text collate "C";
