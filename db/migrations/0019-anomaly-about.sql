-- Lines of one kind about different things stand beside each other: a second failed check does not overwrite the first.
alter table station.anomaly add column about text not null default '';
alter table station.anomaly drop constraint anomaly_station_id_kind_since_key;
alter table station.anomaly add unique (station_id, kind, about, since);
