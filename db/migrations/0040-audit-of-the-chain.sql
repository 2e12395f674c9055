-- What an audit found of the chain beside what must hold: not asked, not reachable, or what was seen there. Null before there was such a thing.
alter table kernel.audit add column chain json;
