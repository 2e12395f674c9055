// /api/auth/*: better-auth behind our door. What comes in is JSON from our own pages, what goes out wrong is a problem as
// everywhere, and every write leaves its trail.
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DoWork, demandSameSite, leaveTrail, Refused, type Trace } from '#kernel';
import { ADDRESS_HEADER, type Auth } from './auth.ts';
import { type Callers, sessionCookie } from './callers.ts';
import { membershipsOf } from './members.ts';
import { personByEmail } from './person.ts';

interface Place {
  readonly http: FastifyInstance;
  readonly doWork: DoWork;
  readonly callers: Callers;
  /** Made when it is first asked for; anew when it lacks the sign-in service that is asked for. */
  readonly auth: (providerId?: string) => Promise<Auth>;
  /** Whether this address may try once more to sign in. */
  readonly mayTry: (address: string) => boolean;
  /** Whether one more line may be left about somebody who is nobody of ours. */
  readonly mayNote: () => boolean;
}

/** Where somebody proves who he is: guessing is kept slow. */
const isTry = (path: string): boolean => /^\/(sign-in|two-factor|passkey\/verify-auth|change-password)/.test(path);
/** Questions in the shape of a write. */
const isQuestion = (path: string): boolean => /^\/(passkey\/generate-|get-session)/.test(path);

export function accountRoutes({ http, doWork, callers, auth, mayTry, mayNote }: Place): void {
  http.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    const asText = { parseAs: 'string' as const, bodyLimit: 64 << 10 };
    inner.addContentTypeParser('application/json', asText, (_, body, done) => done(null, body));
    inner.route({ method: ['GET', 'POST'], url: '/api/auth/*', handler: answer });
  });

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const path = request.url.slice('/api/auth'.length).split('?')[0]!;
    const isWrite = request.method === 'POST' && !isQuestion(path);
    const { cookie } = request.headers;
    if (request.method === 'POST') demandSameSite(request, { hasSession: sessionCookie(cookie) !== undefined });
    if (isTry(path) && !mayTry(request.ip)) {
      reply.header('retry-after', '60');
      throw new Refused('too-many-tries', 'Too many tries to sign in from here: wait a minute', {}, 429);
    }
    const asked = asObject(request.body);
    const before = isWrite ? await callers.identify({ headers: { cookie } }) : undefined;
    const { handler } = await auth(path === '/sign-in/social' ? String(asked.provider) : undefined);
    const response = await handler(webRequest(request));
    const text = await response.text();
    const problem = response.status < 400 ? undefined : problemIn(text, response.status);
    if ((isWrite && !problem) || path.startsWith('/callback/')) callers.forget();
    if (before) {
      const outcome = problem ? (problem.status < 500 ? 'refused' : 'failed') : 'done';
      const trace = {
        outcome,
        code: problem?.code ?? null,
        route: `POST /api/auth${path}`,
        requestId: request.id,
      } as const;
      const who =
        before.kind === 'nobody'
          ? await triedToBe(asked.email)
          : { caller: before.name, partyId: before.tenant ?? null, subject: {} };
      // Sessions that begin are noted where they are made.
      if (who && !(path.startsWith('/sign-in/') && !problem))
        await doWork((work) => leaveTrail(work, { ...trace, ...who }));
    }

    for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) reply.header('set-cookie', cookies);
    const { retryAfterS } = problem ?? {};
    if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
    reply.code(response.status).header('cache-control', 'no-store');
    return problem ? reply.type('application/problem+json').send(problem) : reply.send(text);
  }

  /** Whose account somebody knocked at; where there is none, which address it was, without telling it, and not without end. */
  async function triedToBe(email: unknown): Promise<Pick<Trace, 'caller' | 'partyId' | 'subject'> | undefined> {
    if (typeof email !== 'string') return undefined;
    return await doWork(async (work) => {
      const person = await personByEmail(work, email);
      if (!person)
        return mayNote() ? { caller: 'nobody', partyId: null, subject: { address: hashed(email) } } : undefined;
      const [first] = await membershipsOf(work, person.id);
      return { caller: `person:${person.id}`, partyId: first?.partyId ?? null, subject: {} };
    });
  }
}

/** The request as better-auth reads it. Where we know better than a header, the header is ours. */
function webRequest(request: FastifyRequest): Request {
  const url = `${request.protocol}://${request.host}${request.url}`;
  if (!URL.canParse(url)) throw new Refused('malformed', 'Host: this is no address', {}, 400);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !/^(x-forwarded-|connection|content-length|transfer-encoding|upgrade)/.test(name))
      headers.set(name, [value].flat().join(', '));
  headers.set(ADDRESS_HEADER, request.ip);
  const body = request.method === 'POST' && typeof request.body === 'string' ? { body: request.body } : {};
  return new Request(url, { method: request.method, headers, ...body });
}

/** Tells tries for one address from those for another. */
const hashed = (email: string): string => hash('sha256', email.trim().toLowerCase()).slice(0, 12);

function asObject(body: unknown): Record<string, unknown> {
  try {
    const it: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    return typeof it === 'object' && it !== null ? (it as Record<string, unknown>) : {};
  } catch {
    return {}; // better-auth will say so
  }
}

/** better-auth's `{code, message}` as a problem of ours; both are there, for its own client reads the former. */
function problemIn(text: string, status: number) {
  const { code: given, message, retryAfterS } = asObject(text);
  const code = typeof given === 'string' ? given.toLowerCase().replaceAll('_', '-') : (usual[status] ?? 'internal');
  const title = typeof message === 'string' && message !== '' ? message : 'This could not be done';
  return {
    ...asObject(text),
    type: `/problems/${code}`,
    title,
    status,
    code: typeof given === 'string' ? given : code,
    retryAfterS: typeof retryAfterS === 'number' ? retryAfterS : undefined,
  };
}

const usual: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'credential-missing',
  404: 'no-such-page',
  429: 'too-many-tries',
};
