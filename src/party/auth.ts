// People's accounts: better-auth on PostgreSQL, in a schema of its own. It knows who somebody is; what he may is ours to say.
import type { BetterAuthOptions } from 'better-auth';
import type { PostgresPool } from 'kysely';
import type { AuthActs } from './authActs.ts';
import type { Provider } from './providers.ts';

export interface AuthPlace {
  /** Reads instants as Date, which is what better-auth expects. */
  readonly pool: PostgresPool;
  /** Signs cookies and encrypts second factors: at least 32 characters. */
  readonly secret: string;
  /** How browsers reach us: `https://packloop.example`. */
  readonly publicUrl: string;
  readonly providers: readonly Provider[];
  readonly newId: () => string;
  readonly acts: AuthActs;
}

export const MIN_PASSWORD = 12;
const WEEK_S = 7 * 24 * 3600;

/** A header of ours that no caller can set: whoever mounts the handler writes the caller's address there. */
export const ADDRESS_HEADER = 'x-packloop-address';

export type Auth = Awaited<ReturnType<typeof createAuth>>;

/** Imported when somebody first signs in: a start without people should not wait for it. */
export async function createAuth(place: AuthPlace) {
  const { betterAuth } = await import('better-auth');
  return betterAuth(await authOptions(place));
}

/** What is asked of better-auth; apart from its making, so that its own schema generator can be asked as well. */
export async function authOptions({ pool, secret, publicUrl, providers, newId, acts }: AuthPlace) {
  const [
    { PostgresDialect },
    { twoFactor, genericOAuth },
    { passkey },
    { admitFor, hooksFor, databaseHooksFor },
    { inBetterAuth },
  ] = await Promise.all([
    import('kysely'),
    import('better-auth/plugins'),
    import('@better-auth/passkey'),
    import('./authHooks.ts'),
    import('./providers.ts'),
  ]);
  const { hostname, origin, protocol } = new URL(publicUrl);
  return {
    appName: 'Packloop',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: 'account', transaction: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD, maxPasswordLength: 200 },
    user: {
      additionalFields: {
        /** A one-time password is to be changed before anything else works. */
        passwordDue: { type: 'boolean', required: true, defaultValue: false, input: false },
        /** Cannot sign in any more. */
        lockedAt: { type: 'date', required: false, input: false, returned: false },
      },
      validateUserInfo: admitFor(acts),
    },
    session: {
      expiresIn: WEEK_S,
      updateAge: 24 * 3600,
      additionalFields: {
        /** As member of which organisation he acts. */
        actingFor: { type: 'string', required: false, input: false },
      },
    },
    account: {
      // A company's sign-in service vouches for its own people, never for an account that somebody else made.
      accountLinking: { enabled: false },
      storeStateStrategy: 'database',
    },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: { enabled: false }, // ours counts by address, and by account for all processes: limits.ts and lockout.ts
    plugins: [
      twoFactor({ issuer: 'Packloop', backupCodeOptions: { storeBackupCodes: 'encrypted' } }),
      passkey({
        rpID: hostname,
        rpName: 'Packloop',
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
      genericOAuth({ config: providers.map(inBetterAuth) }),
    ],
    hooks: hooksFor(acts),
    databaseHooks: databaseHooksFor(acts),
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    advanced: {
      cookiePrefix: 'packloop',
      useSecureCookies: protocol === 'https:',
      disableOriginCheck: false,
      database: { generateId: newId },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // Shows what a provider of ours said of somebody, or makes what we make ourselves, with our checks.
    disabledPaths: [
      '/sign-up/email',
      '/get-access-token',
      '/refresh-token',
      '/account-info',
      '/link-social',
      '/unlink-account',
      '/request-password-reset',
      '/reset-password',
      '/send-verification-email',
      '/verify-email',
      '/two-factor/send-otp',
      '/two-factor/verify-otp',
    ],
    // At the level `error` it would print every refusal on the terminal; what is noted is for `log` to decide.
    logger: { level: 'info', log: acts.log },
    onAPIError: { errorURL: '/console/sign-in' },
    telemetry: { enabled: false },
    experimental: { instrumentation: { enabled: false } },
  } satisfies BetterAuthOptions;
}
