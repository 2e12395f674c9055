// How often somebody may ask. Counted in this process, by the machine's own clock.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '#kernel';
import { taken } from '#link';
import { sessionCookie } from '#party';

const MOST_COUNTED = 50_000;

/** A bucket of tokens for each name. */
class Allowances {
  readonly #terms: { readonly perSecond: number; readonly burst: number };
  readonly #wholeAt = new Map<string, number>();

  constructor(terms: { readonly perSecond: number; readonly burst: number }) {
    this.#terms = terms;
  }

  /** Takes a token. @returns whether there was one */
  take(name: string): boolean {
    const wholeAt = taken(this.#wholeAt.get(name) ?? 0, performance.now(), this.#terms);
    if (wholeAt === undefined) return false;
    if (this.#wholeAt.size >= MOST_COUNTED) this.#wholeAt.clear(); // at worst somebody gets a second bucket
    this.#wholeAt.set(name, wholeAt);
    return true;
  }

  /** Whether there is a token, without taking it. */
  has(name: string): boolean {
    const wholeAt = this.#wholeAt.get(name);
    return wholeAt === undefined || taken(wholeAt, performance.now(), this.#terms) !== undefined;
  }
}

/** Tries to sign in, by address: a control room signs in at eight behind one of them. */
export function tryLimit(): (address: string) => boolean {
  const tries = new Allowances({ perSecond: 0.5, burst: 30 });
  return (address) => tries.take(address);
}

/** Lines in the trail about tries for accounts that do not exist: enough to see a guesser, too few to fill the disk. */
export function strangerLimit(): () => boolean {
  const lines = new Allowances({ perSecond: 1 / 60, burst: 30 });
  return () => lines.take('');
}

/** Questions by plate, by address: enough for who looks at a car, too few for who goes through all plates. None without limits. */
export function plateLimit(perSecond: number): (address: string) => boolean {
  const asked = new Allowances({ perSecond: 0.1, burst: 20 });
  return (address) => perSecond === 0 || asked.take(address);
}

type Knows = (request: FastifyRequest) => boolean;

/** Requests a second of one caller, in the long run; for a moment he may ask ten times as many. */
export function limitRates(http: FastifyInstance, perSecond: number, knows: Knows): void {
  if (perSecond === 0) return;
  const calls = new Allowances({ perSecond, burst: perSecond * 10 });
  const guesses = new Allowances({ perSecond: 0.5, burst: 60 });

  http.addHook('onRequest', (request, reply, done) => {
    if (!isOurs(request)) return done();
    const isKnown = knows(request);
    const mayGuess = isKnown || request.headers.authorization === undefined || guesses.has(request.ip);
    if (mayGuess && calls.take(isKnown ? credentialOf(request)! : request.ip)) return done();
    reply.header('retry-after', '1');
    done(new Refused('too-many-requests', `At most ${perSecond} requests a second are answered`, { perSecond }, 429));
  });
  // Whoever guesses has a new name with each guess, but only one address; which he may share with somebody honest.
  http.addHook('onResponse', (request, reply, done) => {
    if (reply.statusCode === 401 && request.headers.authorization !== undefined) guesses.take(request.ip);
    done();
  });
}

/** Pages and pictures are for everybody. */
const isOurs = ({ url }: FastifyRequest): boolean => url.startsWith('/v1/') || url.startsWith('/api/');

const credentialOf = ({ headers: { authorization, cookie } }: FastifyRequest): string | undefined =>
  authorization ?? sessionCookie(cookie);
