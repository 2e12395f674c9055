-- People: who somebody is. As better-auth wants its tables (`node scripts/account-schema.ts` prints what they still need;
-- src/party/auth.test.ts checks that it is nothing). Nobody else writes here but src/party/person.ts and sessions.ts.
create schema if not exists "account";

create table "account"."user" ("id" text not null primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null, "image" text, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz default CURRENT_TIMESTAMP not null, "twoFactorEnabled" boolean, "passwordDue" boolean not null, "lockedAt" timestamptz);

create table "account"."session" ("id" text not null primary key, "expiresAt" timestamptz not null, "token" text not null unique, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text, "userId" text not null references "account"."user" ("id") on delete cascade, "actingFor" text);

create table "account"."account" ("id" text not null primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references "account"."user" ("id") on delete cascade, "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz not null);

create table "account"."verification" ("id" text not null primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz default CURRENT_TIMESTAMP not null);

create table "account"."twoFactor" ("id" text not null primary key, "secret" text not null, "backupCodes" text not null, "userId" text not null references "account"."user" ("id") on delete cascade, "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz);

create table "account"."passkey" ("id" text not null primary key, "name" text, "publicKey" text not null, "userId" text not null references "account"."user" ("id") on delete cascade, "credentialID" text not null, "counter" integer not null, "deviceType" text not null, "backedUp" boolean not null, "transports" text, "createdAt" timestamptz, "aaguid" text);

create index "session_userId_idx" on "account"."session" ("userId");

create index "account_userId_idx" on "account"."account" ("userId");

create index "verification_identifier_idx" on "account"."verification" ("identifier");

create index "twoFactor_secret_idx" on "account"."twoFactor" ("secret");

create index "twoFactor_userId_idx" on "account"."twoFactor" ("userId");

create index "passkey_userId_idx" on "account"."passkey" ("userId");

create index "passkey_credentialID_idx" on "account"."passkey" ("credentialID");

-- What somebody is in an organisation, and what of it he is confined to. One who leaves stays as a row with an end.
create table party.membership (
  id        uuid primary key,
  person_id text not null references account."user" (id),
  party_id  text collate "C" not null references party.party,
  role      text not null check (role in (
    'admin', 'dispatcher', 'station-staff', 'technician', 'driver', 'owner', 'auditor')),
  -- Null: not confined.
  regions   text[],
  stations  text[],
  -- As whom he swaps.
  driver_id text collate "C" references party.driver,
  -- The sign-in service of a company whose groups say this; null when somebody of ours said it.
  via       text,
  made_at   timestamptz not null,
  made_by   text not null,
  ended_at  timestamptz
);
create unique index membership_current on party.membership (person_id, party_id) where ended_at is null;
create index on party.membership (party_id) where ended_at is null;

-- A link that lets one person in; only its digest is kept.
create table party.invitation (
  id          uuid primary key,
  digest      text not null unique,
  party_id    text collate "C" not null references party.party,
  role        text not null,
  regions     text[],
  stations    text[],
  driver_id   text collate "C" references party.driver,
  -- For whom it is, as the inviter wrote it.
  name        text,
  made_at     timestamptz not null,
  made_by     text not null,
  expires_at  timestamptz not null,
  -- Accepted or taken back.
  ended_at    timestamptz,
  accepted_by text references account."user" (id)
);
create index on party.invitation (party_id, made_at);

-- Wrong passwords by account, whether there is one or not. In the time of the world, not of a simulated network.
create table party.sign_in_failure (
  -- Of the email: a list of whom somebody tried to be is nobody's business.
  digest       text primary key,
  failures     integer not null,
  lockouts     integer not null default 0,
  last_at      timestamptz not null,
  locked_until timestamptz
);
create index on party.sign_in_failure (last_at);
