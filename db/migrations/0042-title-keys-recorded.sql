-- Whose key signs title is in the record from now on (docs/decisions/0044); keys of before are told to it once.
insert into record.entry (at, subject, type, body)
select now(), 'party:' || party_id, 'title.key-added', json_build_object('key', key, 'by', 'before keys were recorded')
from pack.title_key order by since, key;
insert into record.entry (at, subject, type, body)
select now(), 'party:' || party_id, 'title.key-ended', json_build_object('key', key, 'by', 'before keys were recorded')
from pack.title_key where ended_at is not null order by ended_at, key;
