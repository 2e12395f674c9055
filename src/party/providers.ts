// Sign-in services of companies (OpenID Connect): whom each may vouch for, and what its groups make of somebody.
import type { GenericOAuthConfig, GenericOAuthUserInfo } from 'better-auth/plugins/generic-oauth';
import { z } from 'zod';
import { wire } from '#units/api';
import { roles } from './words.ts';

const isSafe = (url: URL) => url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);

/** A row of the file that OIDC_FILE names. */
export const provider = z.strictObject({
  /** In addresses: …/callback/<id>. */
  id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens'),
  /** On the button. */
  name: z.string().min(1).max(60),
  issuer: z.url().refine((it) => isSafe(new URL(it)), 'must be https, but for a service on this machine'),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  scopes: z.array(z.string()).default(['openid', 'email', 'profile', 'groups']),
  /** Whose people it signs in. */
  partyId: wire.partyId,
  /** The only mail domains it may vouch for. */
  domains: z.array(z.string().regex(/^[a-z0-9.-]+\.[a-z]+$/)).min(1),
  /** The claim that lists somebody's groups. */
  claim: z.string().min(1).default('groups'),
  /** Of several that apply, the one that stands first here counts. */
  roles: z.array(z.strictObject({ group: z.string().min(1), role: z.enum(roles) })).min(1),
});
export type Provider = z.output<typeof provider>;
export const providers = z.array(provider);

type Profile = Readonly<Record<string, unknown>>;

export type Vouched =
  | { readonly ok: true; readonly role: Provider['roles'][number]['role'] }
  | { readonly ok: false; readonly why: 'email-not-verified' | 'domain-not-allowed' | 'no-role' };

/** What a service's word is worth: a role, or why none. */
export function vouched({ domains, claim, roles }: Provider, profile: Profile): Vouched {
  const email = typeof profile.email === 'string' ? profile.email.toLowerCase() : '';
  if (profile.email_verified === false) return { ok: false, why: 'email-not-verified' };
  if (!domains.includes(email.slice(email.lastIndexOf('@') + 1))) return { ok: false, why: 'domain-not-allowed' };
  const groups = [profile[claim]].flat();
  const found = roles.find((it) => groups.includes(it.group));
  return found ? { ok: true, role: found.role } : { ok: false, why: 'no-role' };
}

export const inBetterAuth = ({ id, name, issuer, clientId, clientSecret, scopes }: Provider): GenericOAuthConfig => ({
  providerId: id,
  name,
  discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  requireIdTokenVerification: true,
  clientId,
  ...(clientSecret && { clientSecret }),
  scopes,
  pkce: true,
  getUserInfo: (tokens) => claimsOf(issuer, tokens),
});

/** The claims of the ID token, whose signature was checked before, with those that only the userinfo endpoint tells. */
async function claimsOf(
  issuer: string,
  { idToken, accessToken }: { idToken?: string | undefined; accessToken?: string | undefined },
): Promise<GenericOAuthUserInfo | null> {
  if (!idToken) return null;
  const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as GenericOAuthUserInfo;
  const { userinfo_endpoint: endpoint } = await json(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const more = endpoint && accessToken ? await json(String(endpoint), { authorization: `Bearer ${accessToken}` }) : {};
  if (more.sub !== undefined && more.sub !== claims.sub) return null; // somebody else's (OIDC Core, 5.3.2)
  const all = { ...more, ...claims };
  return { ...all, emailVerified: all.email_verified !== false, name: String(all.name ?? all.email ?? '') };
}

async function json(url: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const reply = await fetch(url, { headers, signal: AbortSignal.timeout(10_000), redirect: 'error' });
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`);
  return (await reply.json()) as Record<string, unknown>;
}
