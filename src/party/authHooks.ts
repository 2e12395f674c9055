// Where better-auth asks us: before and after each of its steps. Loaded with it.
import type { BetterAuthOptions } from 'better-auth';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { AuthActs, Joined } from './authActs.ts';

/** What somebody with a one-time password can still do. */
const openWhileDue = ['/change-password', '/sign-out', '/get-session'];

const refusal = (status: 'BAD_REQUEST' | 'FORBIDDEN', code: string, message: string) =>
  new APIError(status, { code, message });

export function hooksFor(acts: AuthActs): NonNullable<BetterAuthOptions['hooks']> {
  return {
    before: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/sign-in/email') return await demandOpen(acts, ctx.body?.email);
      if (ctx.path === '/sign-in/social' && ctx.body?.idToken)
        throw refusal('BAD_REQUEST', 'ID_TOKEN_NOT_SUPPORTED', 'Sign in by the page of your company');
      if (ctx.path === '/passkey/verify-authentication' && !isVerified(ctx.body?.response?.response?.authenticatorData))
        throw refusal('FORBIDDEN', 'PASSKEY_UNVERIFIED', 'Unlock the passkey with its PIN, finger or face');
      if (!ctx.request || ctx.path.startsWith('/sign-in/') || ctx.path.startsWith('/callback/')) return;
      const session = openWhileDue.includes(ctx.path) ? undefined : await getSessionFromCtx(ctx);
      if (session?.user.passwordDue === true)
        throw refusal('FORBIDDEN', 'PASSWORD_DUE', 'Change the one-time password first');
      if (ctx.path === '/change-password') {
        if (ctx.body?.newPassword === ctx.body?.currentPassword)
          throw refusal('BAD_REQUEST', 'PASSWORD_SAME', 'The new password is the old one');
        // Whoever knew the old password is signed out, on every device.
        return { context: { body: { ...ctx.body, revokeOtherSessions: true } } };
      }
    }),
    after: createAuthMiddleware(async (ctx) => {
      const failed = ctx.context.returned instanceof APIError;
      const person = ctx.context.newSession?.user;
      if (ctx.path === '/sign-in/email' && typeof ctx.body?.email === 'string') {
        // With a second factor to come, the password alone is no success.
        if (failed) await acts.failed(ctx.body.email);
        else if (person && person.twoFactorEnabled !== true) await acts.succeeded(ctx.body.email);
      }
      if (ctx.path.startsWith('/two-factor/verify-') && !failed && person) await acts.succeeded(person.email);
      if (ctx.path === '/change-password' && !failed && person) await acts.passwordChanged(person.id);
    }),
  };
}

/**
 * Whether the authenticator made sure who holds it: bit 2 of its flags (WebAuthn level 3, section 6.1). A passkey stands
 * for two factors only then; better-auth checks the signature over these bytes but not the bit.
 */
function isVerified(authenticatorData: unknown): boolean {
  const data = typeof authenticatorData === 'string' ? Buffer.from(authenticatorData, 'base64url') : Buffer.alloc(0);
  return data.length > 32 && (data[32]! & 0x04) !== 0;
}

async function demandOpen(acts: AuthActs, email: unknown): Promise<void> {
  const seconds = typeof email === 'string' ? await acts.lockedForS(email) : 0;
  if (seconds > 0)
    throw new APIError('TOO_MANY_REQUESTS', {
      code: 'SIGN_IN_LOCKED',
      message: `Too many wrong passwords: try again in ${Math.ceil(seconds / 60)} minutes, or ask your administrator`,
      retryAfterS: seconds,
    });
}

export function databaseHooksFor(acts: AuthActs): NonNullable<BetterAuthOptions['databaseHooks']> {
  const withoutTokens = async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } });
  return {
    // We only want to know who somebody is: what would let us act for him elsewhere is not kept.
    account: { create: { before: withoutTokens }, update: { before: withoutTokens } },
    session: {
      create: {
        before: async ({ userId }) => {
          if (await acts.isLocked(userId)) throw refusal('FORBIDDEN', 'PERSON_LOCKED', 'This account is locked');
        },
        after: async ({ userId }, ctx) => {
          const how = ctx?.path ?? '';
          await acts.signedIn(userId, how, ctx?.request && joining.get(ctx.request));
        },
      },
    },
  };
}

/** By request: what a company's service said, between its check and the session that follows from it. */
const joining = new WeakMap<Request, Joined>();

/** Judges what a company's service says of somebody, on every sign-in. */
export const admitFor =
  (acts: AuthActs): NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']> =>
  async ({ user, source }, { request }) => {
    if (source.method !== 'oauth' || !source.oauth) return;
    const { providerId, profile = {} } = source.oauth;
    const word = acts.vouchedBy(providerId, profile);
    if (word?.ok !== true && source.action === 'sign-in' && user.id) await acts.dismissed(user.id, providerId);
    if (word?.ok !== true)
      return { error: word?.why ?? 'no-role', errorDescription: 'Your company gave you no role here' };
    if (request) joining.set(request, { providerId, role: word.role });
  };
