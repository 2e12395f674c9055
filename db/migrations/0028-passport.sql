-- Battery passports: what makers say of their models, version by version, and passports that were issued anew at a second use.
create schema passport;

create table passport.document (
  model       text not null,
  -- 1, 2, …; the newest counts, and none is ever changed.
  version     integer not null check (version > 0),
  at          timestamptz not null,
  -- The organisation that answers for it; null for the platform.
  supplied_by text,
  simulated   boolean not null,
  -- GS1 number of the model, 14 digits, and how the codes of its packs begin where they are longer than a serial of GS1.
  gtin        text check (gtin ~ '^\d{14}$'),
  code_prefix text,
  -- Attribute by attribute, by their keys.
  body        json not null,
  primary key (model, version)
);
create index on passport.document (gtin) where gtin is not null;

create table passport.issue (
  code        text collate "C" primary key,
  original    text collate "C" not null unique,
  at          timestamptz not null,
  -- Who answers for it from now on.
  responsible text not null,
  -- The passport of the original, as it was when it ended.
  frozen      json not null
);
