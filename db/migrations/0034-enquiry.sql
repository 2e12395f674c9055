-- What anybody may ask of a pack: answers that are made once a day for all, fade curves of the fleet, and whose plate may be asked.
create schema enquiry;

-- One a day, at a fixed hour; all answers of a day are of the newest.
create table enquiry.edition (
  -- The fixed hour it is of. When it was made may be later: the server was down.
  due       timestamptz primary key,
  made_at   timestamptz not null,
  -- The newest checkpoint of the log at that moment, as it was signed; null before the log has one.
  checkpoint text,
  simulated boolean not null
);

-- What is said of each pack until the next edition.
create table enquiry.answer (
  code text collate "C" primary key,
  body json not null
);

-- A keeper lets anybody ask for the health of the pack in a vehicle by its plate. Never deleted while it can be asked about.
create table enquiry.consent (
  id        uuid primary key,
  vin       text collate "C" not null,
  driver_id text collate "C" not null,
  given_at  timestamptz not null,
  until     timestamptz not null check (until > given_at),
  ended_at  timestamptz
);
create unique index on enquiry.consent (vin, driver_id) where ended_at is null;

-- Which pack a vehicle is said to have, for a month whatever it swaps; and what is said of it.
create table enquiry.plate_answer (
  vin        text collate "C" primary key,
  consent_id uuid not null references enquiry.consent,
  -- The name of the answer: it stands for nothing else.
  id         uuid not null unique,
  -- The first day of the month that the pack was looked up in.
  month      date not null,
  code       text collate "C" not null,
  body       json not null
);

-- One state of health of one pack in one cell of the curves, the first there was. Told when its cell has enough that are new.
create table enquiry.contribution (
  model text not null,
  pace  text not null check (pace in ('gentle', 'steady', 'hard')),
  axis  text not null check (axis in ('age', 'cycles')),
  bin   integer not null check (bin >= 0),
  pack  text collate "C" not null,
  soh   double precision not null,
  told  boolean not null default false,
  primary key (model, pace, axis, bin, pack)
);
create index on enquiry.contribution (model, pace, axis, bin) where not told;

-- A plate as it is compared: without blanks, dots and dashes.
create index on party.vehicle (upper(regexp_replace(plate, '[\s·•.-]', '', 'g')));
