-- What belongs to whom: more kinds of organisations, and an organisation for keys, drivers and vehicles. Without one they
-- are the platform's. A station belongs to the organisation that runs it, and stands in a region such as CN-GD-SZ.
alter table party.party drop constraint party_kind_check;
alter table party.party add constraint party_kind_check check (kind in (
  'operator', 'bank', 'maker', 'owner', 'platform', 'insurer', 'regulator', 'recycler', 'workshop', 'fleet'));

alter table party.driver add party_id text collate "C" references party.party;
create index on party.driver (party_id);
alter table party.vehicle add party_id text collate "C" references party.party;
create index on party.vehicle (party_id);

alter table party.api_key add party_id text collate "C" references party.party;
alter table party.api_key add expires_at timestamptz;
-- To the minute: not written with every request.
alter table party.api_key add last_used_at timestamptz;

alter table station.station add region text;
create index on station.station (operator_id, id);
