// What we do when better-auth does something: the only way in which it touches the rest of the house.
import type { Vouched } from './providers.ts';

/** Somebody whom a company's service vouches for. */
export interface Joined {
  readonly providerId: string;
  readonly role: (Vouched & { ok: true })['role'];
}

export interface AuthActs {
  readonly log: (level: string, message: string, ...facts: unknown[]) => void;
  /** Seconds until this account may be tried again; 0 when it may now. The same for accounts that do not exist. */
  readonly lockedForS: (email: string) => Promise<number>;
  /** A wrong password. */
  readonly failed: (email: string) => Promise<void>;
  readonly succeeded: (email: string) => Promise<void>;
  /** Whether somebody of ours was locked out for good. */
  readonly isLocked: (personId: string) => Promise<boolean>;
  /** What a company's service says of somebody, judged. Nothing for a service we do not know. */
  readonly vouchedBy: (providerId: string, profile: Readonly<Record<string, unknown>>) => Vouched | undefined;
  /** The service no longer gives somebody a role whom it gave one before. */
  readonly dismissed: (personId: string, providerId: string) => Promise<void>;
  readonly signedIn: (personId: string, how: string, joined: Joined | undefined) => Promise<void>;
  readonly passwordChanged: (personId: string) => Promise<void>;
}
