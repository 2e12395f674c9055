import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cursorWrong } from './cursor.ts';
import { once } from './idempotency.ts';
import { malformed, malformedAt } from './problems.ts';
import { Refused } from './refused.ts';
import type { Api, Call, Reply, Route, Scope } from './route.ts';
import { unstorable } from './text.ts';
import type { DoWork, Work } from './work.ts';

/** Who asks. */
export interface Caller {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

export type Handlers<A extends Api> = {
  [Name in keyof A]: (work: Work, call: Call<A[Name]> & { caller: Caller }) => Promise<Reply<A[Name]>>;
};

export interface Door {
  readonly http: FastifyInstance;
  readonly doWork: DoWork;
  /** Finds out who asks; throws Refused 401 on a wrong credential. */
  readonly identify: (work: Work, request: FastifyRequest) => Promise<Caller>;
}

/** Serves every route of a contract: one work a request, checked on the way in and on the way out. */
export function serve<A extends Api>({ http, doWork, identify }: Door, api: A, handlers: Handlers<A>): void {
  for (const [name, route] of Object.entries(api)) {
    const handle = handlers[name as keyof A] as (work: Work, call: unknown) => Promise<unknown>;
    http.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        const answer = await doWork(async (work) => {
          const caller = await identify(work, request);
          demand(caller, route);
          const { params, query, body } = request;
          const call = {
            caller,
            params: read(route.params, params),
            query: read(route.query, query),
            body: read(route.body, body),
          };
          const act = async () => z.encode(route.reply, await handle(work, call));
          if (route.method === 'GET') return await act();
          const key = request.headers['idempotency-key'];
          const asked = { route: name, params, query, body };
          const { secret = false } = route;
          return await once(work, { caller: caller.name, key: key?.toString(), request: asked, secret }, act);
        });
        return reply.type('application/json').send(JSON.stringify(answer));
      },
    });
  }
}

/** @throws Refused `malformed` (`cursor-wrong` for a cursor that cannot be text of ours); any other failed parse, such as of our own reply, is a bug and not the caller's */
function read(shape: z.ZodType | undefined, sent: unknown): unknown {
  const wrong = unstorable(sent);
  if (wrong) throw wrong.field === 'cursor' ? cursorWrong() : malformedAt([wrong]);
  const it = shape?.safeParse(sent);
  if (it && !it.success) throw malformed(it.error);
  return it?.data;
}

/** @throws Refused 401 without a credential, 403 when it lacks the scope */
export function demand(caller: Caller, { may }: Pick<Route, 'may'>): void {
  if (may === 'anyone' || caller.scopes.includes(may) || caller.scopes.includes('admin')) return;
  if (caller.scopes.length === 0)
    throw new Refused(
      'credential-missing',
      `Send an API key with the scope "${may}": Authorization: Bearer <key>`,
      { may },
      401,
    );
  throw new Refused('scope-missing', `This API key does not have the scope "${may}"`, { may, has: caller.scopes }, 403);
}
