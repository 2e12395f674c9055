import { hash, timingSafeEqual } from 'node:crypto';
import type { StationId } from '#units';
import type { Credential } from './store.ts';

/** Where secrets come from: `crypto.randomBytes` in production. */
export type RandomBytes = (size: number) => Uint8Array;

/**
 * A new password of 32 characters (192 bits, so that a plain salted hash is safe: nobody can guess it) in the alphabet of
 * BasicAuthPassword, and what we keep of it.
 */
export function newPassword(stationId: StationId, random: RandomBytes): { password: string; credential: Credential } {
  const password = Buffer.from(random(24)).toString('base64url');
  const salt = Buffer.from(random(16)).toString('hex');
  return { password, credential: { stationId, salt, hash: hash('sha256', salt + password) } };
}

export const isPassword = (password: string, kept: { readonly salt: string; readonly hash: string }): boolean =>
  timingSafeEqual(Buffer.from(hash('sha256', kept.salt + password)), Buffer.from(kept.hash));
