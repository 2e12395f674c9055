// Who asks: an API key or a session becomes a caller with what he may. Remembered for seconds, so that a screen that asks ten
// times a second costs the database nothing; forgotten at once when something of it changes in this process.
import { type Caller, type DoWork, nobody } from '#kernel';
import { callerOf, usedNow } from './keys.ts';
import { type Membership, membershipsOf } from './members.ts';
import { seenNow } from './person.ts';
import { memberGrants } from './policy.ts';

interface Asker {
  readonly headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined };
}

/** What a cookie proves. */
export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly passwordDue: boolean;
  /** The membership he chose to act as. */
  readonly actingFor: string | null;
}

interface Place {
  readonly doWork: DoWork;
  /** The session of a cookie header, if it is a valid one. */
  readonly sessionOf: (cookie: string) => Promise<Session | undefined>;
  /** Of the world, in milliseconds. */
  readonly nowMs: () => number;
}

/** Another process may have revoked a key or ended a session so long ago before this one notices. */
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 10_000;
const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?packloop\.session_token=([^;]+)/;

/** The part of a cookie header that says who somebody is. */
export const sessionCookie = (cookie: string | undefined): string | undefined => cookie?.match(SESSION_COOKIE)?.[1];

export class Callers {
  readonly #place: Place;
  readonly #known = new Map<string, { readonly caller: Promise<Caller>; readonly untilMs: number }>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** A key stands above a session. @throws Refused `credential-wrong` for a key that is not valid; a session that is over is nobody's */
  readonly identify = ({ headers: { authorization, cookie } }: Asker): Promise<Caller> => {
    if (authorization !== undefined) return this.#remembered(authorization, () => this.#byKey(authorization));
    const token = sessionCookie(cookie);
    return token === undefined ? Promise.resolve(nobody) : this.#remembered(token, () => this.#bySession(cookie!));
  };

  /** Whether somebody known to us came with this lately. */
  readonly knows = ({ headers: { authorization, cookie } }: Asker): boolean =>
    this.#known.has(authorization ?? sessionCookie(cookie) ?? '');

  /** Something of a key, a session, a person or a membership has changed. */
  readonly forget = (): void => this.#known.clear();

  #remembered(credential: string, find: () => Promise<Caller>): Promise<Caller> {
    const nowMs = this.#place.nowMs();
    const known = this.#known.get(credential);
    if (known && nowMs < known.untilMs) return known.caller;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    const caller = find();
    this.#known.set(credential, { caller, untilMs: nowMs + REMEMBERED_MS });
    // What was wrong is asked anew: a key may be made a moment after it was tried.
    const drop = () => this.#known.get(credential)?.caller === caller && this.#known.delete(credential);
    caller.then((it) => it.kind === 'nobody' && drop(), drop);
    return caller;
  }

  #byKey(authorization: string): Promise<Caller> {
    return this.#place.doWork(async (work) => {
      const caller = await callerOf(work, authorization);
      await usedNow(work, caller.name.replace('key:', ''));
      return caller;
    });
  }

  async #bySession(cookie: string): Promise<Caller> {
    const session = await this.#place.sessionOf(cookie);
    if (!session) return nobody;
    const held = await this.#place.doWork(async (work) => {
      await seenNow(work, session.personId);
      return await membershipsOf(work, session.personId);
    });
    return personAs(session, actingAs(held, session.actingFor));
  }
}

/** Of several memberships the chosen one, else the oldest: nobody acts for two organisations at once. */
export const actingAs = (held: readonly Membership[], chosen: string | null): Membership | undefined =>
  held.find((it) => it.id === chosen) ?? held[0];

export const personAs = (session: Session, acting: Membership | undefined): Caller => ({
  name: `person:${session.personId}`,
  kind: 'person',
  personId: session.personId,
  sessionId: session.id,
  ...(acting && { tenant: acting.partyId }),
  grants: acting && !session.passwordDue ? memberGrants(acting) : {},
  ...(session.passwordDue && { due: 'password' as const }),
});
