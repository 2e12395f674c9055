import type { PartyId } from '#units';
import { everything, nothing, type Permission, type Reach } from './permission.ts';
import { Refused } from './refused.ts';
import type { May } from './route.ts';

/** Who asks, and what he may. */
export interface Caller {
  /** `key:<id>`, `person:<id>` or `nobody`: as the books and the trail name him. */
  readonly name: string;
  readonly kind: 'nobody' | 'key' | 'person';
  readonly personId?: string;
  readonly sessionId?: string;
  /** The organisation he acts for; absent for nobody and for keys of the platform. */
  readonly tenant?: PartyId;
  /** How far each permission he has goes. */
  readonly grants: Readonly<Partial<Record<Permission, Reach>>>;
  /** Why nothing but that works for him until he has done it. */
  readonly due?: 'password';
}

/** Who asks without a credential: sees what is public. */
export const nobody: Caller = { name: 'nobody', kind: 'nobody', grants: {} };

/** @throws Refused 401 without a credential, 403 without the permission @returns how far the permission goes */
export function demand(caller: Caller, may: May): Reach {
  if (may === 'anyone') return everything;
  if (caller.kind === 'nobody')
    throw new Refused('credential-missing', 'Sign in, or send an API key: Authorization: Bearer <key>', { may }, 401);
  if (may === 'signed-in') return nothing;
  if (caller.due === 'password')
    throw new Refused('password-due', 'Change the one-time password first; until then nothing else works', {}, 403);
  const reach = caller.grants[may];
  if (!reach) throw new Refused('permission-missing', `You do not have the permission "${may}"`, { may }, 403);
  return reach;
}
