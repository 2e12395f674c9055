// People's accounts put together: better-auth, made when somebody first comes with a session or wants one, and what we do
// when it does something. A server that nobody signs in to never loads it.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import pg from 'pg';
import { type DoWork, leaveTrail } from '#kernel';
import {
  type Auth,
  type AuthActs,
  accountRoutes,
  Callers,
  createAuth,
  dismiss,
  findParty,
  joinBy,
  lockout,
  membershipsOf,
  type Provider,
  passwordSet,
  personById,
  providers as providerList,
  vouched,
} from '#party';
import { anomaly } from '#station';
import { makeFolder } from './folder.ts';
import { strangerLimit, tryLimit } from './limits.ts';
import { jsonOfSetting } from './settingsFile.ts';
import type { AppConfig } from './world.ts';

interface Place {
  readonly config: AppConfig;
  readonly doWork: DoWork;
  readonly newId: () => string;
  readonly log: FastifyBaseLogger;
  /** The port that was really taken. */
  readonly port: () => number;
}

export type Accounts = ReturnType<typeof createAccounts>;

/** A sign-in service that was away when better-auth was made is asked for again after so long. */
const AGAIN_MS = 10_000;

export function createAccounts(place: Place) {
  const { config, doWork } = place;
  const providers = readProviders(config);
  const acts = actsFor(place, providers);
  let pool: pg.Pool | undefined;
  let made: { readonly auth: Promise<Auth>; readonly atMs: number } | undefined;

  const make = (): Promise<Auth> => {
    pool ??= openPool(config.DATABASE_URL);
    const publicUrl = config.PUBLIC_URL ?? `http://localhost:${place.port()}`;
    const auth = createAuth({ pool, secret: secretOf(config), publicUrl, providers, newId: place.newId, acts });
    made = { auth, atMs: performance.now() };
    return auth;
  };
  const auth = async (providerId?: string): Promise<Auth> => {
    const it = await (made?.auth ?? make());
    if (providerId === undefined || !providers.some(({ id }) => id === providerId)) return it;
    const { socialProviders } = await it.$context;
    const isMissing = !socialProviders.some(({ id }) => id === providerId);
    return isMissing && performance.now() - made!.atMs > AGAIN_MS ? await make() : it;
  };

  const callers = new Callers({
    doWork,
    nowMs: () => performance.now(),
    sessionOf: async (cookie) => {
      const { api } = await auth();
      const found = await api.getSession({ headers: new Headers({ cookie }) });
      if (!found) return undefined;
      const { session, user } = found;
      return {
        id: session.id,
        personId: user.id,
        passwordDue: user.passwordDue === true,
        actingFor: session.actingFor ?? null,
      };
    },
  });

  return {
    callers,
    /** What the sign-in page offers. */
    services: providers.map(({ id, name }) => ({ id, name })),
    serve: (http: FastifyInstance): void =>
      accountRoutes({ http, doWork, callers, auth, mayTry: tryLimit(), mayNote: strangerLimit() }),
    async close(): Promise<void> {
      await made?.auth.catch(() => {});
      await pool?.end();
    },
  };
}

function actsFor({ doWork, log }: Place, providers: readonly Provider[]): AuthActs {
  const byId = new Map(providers.map((it) => [it.id, it]));
  return {
    log: (level, message, ...facts) =>
      level === 'error' ? log.error({ facts }, message) : log.debug({ facts }, message),
    lockedForS: (email) => doWork((work) => lockout.lockedForS(work, email)),
    failed: (email) =>
      doWork(async (work) => {
        const seconds = await lockout.failed(work, email);
        if (seconds === undefined) return;
        const sentence = `Too many wrong passwords for one account: it rests for ${Math.ceil(seconds / 60)} minutes`;
        log.warn(sentence);
        await anomaly(work, [{ stationId: '', kind: 'sign-in-locked', sentence, facts: { seconds } }]);
      }),
    succeeded: (email) => doWork((work) => lockout.succeeded(work, email)).then(() => {}),
    isLocked: (id) => doWork(async (work) => ((await personById(work, id))?.lockedAt ?? null) !== null),
    vouchedBy: (id, profile) => {
      const provider = byId.get(id);
      return provider && vouched(provider, profile);
    },
    dismissed: (personId, via) => doWork((work) => dismiss(work, personId, via)),
    signedIn: (personId, how, joined) =>
      doWork(async (work) => {
        const provider = joined && byId.get(joined.providerId);
        const party = provider && (await findParty(work, provider.partyId));
        if (provider && !party)
          log.warn(`OIDC_FILE: nobody registered ${provider.partyId}, whose people ${provider.id} signs in`);
        if (provider && party)
          await joinBy(work, personId, { partyId: provider.partyId, role: joined.role }, provider.id);
        const isSignIn = /^\/(sign-in|two-factor\/verify|passkey\/verify-auth|callback)/.test(how);
        const awaitsSecond = how === '/sign-in/email' && (await personById(work, personId))?.twoFactor === true;
        if (!isSignIn || awaitsSecond) return;
        const route = `sign in by ${how.split('/')[1] === 'callback' ? `service ${joined?.providerId}` : how.slice(1)}`;
        // A session begins with the oldest membership: so does its trail.
        const partyId = (await membershipsOf(work, personId))[0]?.partyId ?? null;
        await leaveTrail(work, { caller: `person:${personId}`, partyId, route, subject: {}, outcome: 'done' });
      }),
    passwordChanged: (id) => doWork((work) => passwordSet(work, id)).then(() => {}),
  };
}

/** Connections of its own, opened when somebody signs in: better-auth reads instants as Date. */
function openPool(url: string): pg.Pool {
  const { TIMESTAMPTZ, INT8 } = pg.types.builtins;
  const asUsual: Partial<Record<number, (text: string) => unknown>> = {
    [TIMESTAMPTZ]: (text) => new Date(text),
    [INT8]: Number,
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'packloop accounts',
    types: { getTypeParser: (oid, format) => asUsual[oid] ?? pg.types.getTypeParser(oid, format) },
  });
  pool.on('error', () => {}); // a dying connection also fails its query; that one is told
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** AUTH_SECRET, or one that is made once and kept beside the data, never in the database that it protects. */
function secretOf({ AUTH_SECRET, DATA_DIR }: AppConfig): string {
  if (AUTH_SECRET !== undefined) return AUTH_SECRET;
  const path = join(DATA_DIR, 'auth.secret');
  if (!existsSync(path)) {
    makeFolder(DATA_DIR);
    try {
      writeFileSync(path, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // somebody else made it meanwhile
    }
  }
  chmodSync(path, 0o600);
  return readFileSync(path, 'utf8').trim();
}

/** @throws ConfigWrong that names what is wrong in the file */
function readProviders({ OIDC_FILE }: AppConfig): readonly Provider[] {
  if (OIDC_FILE === undefined) return [];
  return jsonOfSetting('OIDC_FILE', OIDC_FILE, providerList);
}
