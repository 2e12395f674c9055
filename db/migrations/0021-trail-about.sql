-- Whose the member, key or station was that somebody of another organisation did something to: it stands in their trail, too.
alter table kernel.trail add column about text collate "C";
create index on kernel.trail (about, seq) where about is not null;
