import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, demand } from './caller.ts';
import { cursorWrong } from './cursor.ts';
import { once } from './idempotency.ts';
import type { Reach } from './permission.ts';
import { malformed, malformedAt } from './problems.ts';
import type { Api, Call, Reply } from './route.ts';
import { unstorable } from './text.ts';
import type { DoWork, Work } from './work.ts';

/** A handler honours `reach`: what lies beyond it is left out of lists, and is a 404 by itself. */
export type Handlers<A extends Api> = {
  [Name in keyof A]: (work: Work, call: Call<A[Name]> & { caller: Caller; reach: Reach }) => Promise<Reply<A[Name]>>;
};

export interface Door {
  readonly http: FastifyInstance;
  readonly doWork: DoWork;
  /** Finds out who asks; throws Refused 401 on a wrong credential. */
  readonly identify: (request: FastifyRequest) => Promise<Caller>;
}

/** Serves every route of a contract: one work a request, checked on the way in and on the way out. */
export function serve<A extends Api>({ http, doWork, identify }: Door, api: A, handlers: Handlers<A>): void {
  for (const [name, route] of Object.entries(api)) {
    const handle = handlers[name as keyof A] as (work: Work, call: unknown) => Promise<unknown>;
    http.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        const caller = await identify(request);
        const reach = demand(caller, route.may);
        const answer = await doWork(async (work) => {
          const { params, query, body } = request;
          const call = {
            caller,
            reach,
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
