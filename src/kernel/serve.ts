import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Answers, answerOf, sendAnswer } from './answers.ts';
import { type Caller, demand } from './caller.ts';
import { once } from './idempotency.ts';
import type { Reach } from './permission.ts';
import { readQuery, withNamedCursor } from './query.ts';
import { read } from './read.ts';
import type { Api, Call, Reply, Route } from './route.ts';
import { demandSameSite } from './sameSite.ts';
import { leaveTrail, type Noted, subjectOf, trailOfFailure, withNoted } from './trail.ts';
import { demandUnveiled, veiled } from './veil.ts';
import { type DoWork, event, type Work } from './work.ts';

/** A reply that is JSON already. For those of megabytes: that they keep to their contract is held by a test, not each time. */
export class Ready {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

/**
 * A handler honours `reach`: what lies beyond it is left out of lists, and is a 404 by itself. It may `note` for the trail
 * what the address and the body of a write do not tell.
 */
export type Handlers<A extends Api> = {
  [Name in keyof A]: (
    work: Work,
    call: Call<A[Name]> & { caller: Caller; reach: Reach; note: (noted: Noted) => void },
  ) => Promise<Reply<A[Name]> | Ready>;
};

export interface Door {
  readonly http: FastifyInstance;
  /** Keeps what many ask for; without it every answer is made anew. */
  readonly answers?: Answers;
  readonly doWork: DoWork;
  /** Finds out who asks; throws Refused 401 on a wrong credential. */
  readonly identify: (request: FastifyRequest) => Promise<Caller>;
}

/** Somebody has changed something by HTTP; `path` is the route's. Heard in this process only. */
export const written = event('kernel.written', z.object({ path: z.string() }));

/** Serves every route of a contract: one work a request, checked on the way in and on the way out. */
export function serve<A extends Api>({ http, doWork, identify, answers }: Door, api: A, handlers: Handlers<A>): void {
  for (const [name, route] of Object.entries(api)) {
    const handle = handlers[name as keyof A] as (work: Work, call: unknown) => Promise<unknown>;
    const named = ({ params }: FastifyRequest, reply: unknown): unknown => withNamedCursor(route, params, reply);
    const write = async (request: FastifyRequest, caller: Caller): Promise<string> => {
      const { params, query, body, id: requestId } = request;
      const about = { caller: caller.name, partyId: caller.tenant ?? null, requestId };
      const trace = { ...about, route: `${route.method} ${route.path}`, subject: subjectOf(params, body) };
      let noted: Noted = {};
      const note = (more: Noted): void => {
        noted = withNoted({ subject: {}, ...noted }, more);
      };
      try {
        const reach = demand(caller, route.may);
        return await doWork(async (work) => {
          const call = {
            caller,
            reach,
            note,
            params: read(route.params, params),
            query: readQuery(route, request),
            body: read(route.body ?? nothing, body),
          };
          const act = async () => {
            const reply = z.encode(route.reply, await handle(work, call));
            await leaveTrail(work, { ...withNoted(trace, noted), outcome: 'done' });
            return reply;
          };
          const key = request.headers['idempotency-key']?.toString();
          const asked = { route: name, params, query, body };
          const { secret = false } = route;
          work.announce(written, { path: route.path });
          return JSON.stringify(await once(work, { caller: caller.name, key, request: asked, secret }, act));
        });
      } catch (error) {
        // Whoever has no name here could fill the trail as he likes.
        if (caller.kind !== 'nobody') await trailOfFailure(doWork, withNoted(trace, noted), error);
        throw error;
      }
    };
    http.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        const caller = await identify(request);
        const { params, body } = request;
        if (route.method !== 'GET') {
          demandSameSite(request, { hasSession: caller.kind === 'person' });
          const answer = await write(request, caller);
          answers?.wrote(caller.name);
          return reply.type('application/json').send(veiled(caller, answer));
        }
        const reach = demand(caller, route.may);
        demandUnveiled(caller, request.query);
        if (route.keptMs && answers) {
          const asked = { keptMs: route.keptMs, caller: caller.name };
          const answer = await answers.get(`${request.url} ${sightOf(caller)}`, asked, async () => {
            const call = { caller, reach, params: read(route.params, params), query: readQuery(route, request) };
            const answer = await jsonInPieces(route, named(request, await doWork((work) => handle(work, call))));
            return veiled(caller, answer);
          });
          return sendAnswer(request, reply, answer);
        }
        const answer = await doWork(async (work) => {
          const call = {
            caller,
            reach,
            params: read(route.params, params),
            query: readQuery(route, request),
            body: read(route.body ?? nothing, body),
          };
          return veiled(caller, jsonOf(route, named(request, await handle(work, call))));
        });
        if (answer.length > LARGE) return sendAnswer(request, reply, answerOf(answer));
        return reply.type('application/json').send(answer);
      },
    });
  }
}

/** From so many characters on, an answer is worth the work of compressing it though it is given once. */
const LARGE = 32_768;

/** Where the contract asks for no body, `{}` will do, but no field is passed over. */
const nothing = z.strictObject({}).nullish();

const jsonOf = ({ reply }: Route, it: unknown): string =>
  it instanceof Ready ? it.json : JSON.stringify(z.encode(reply, it));

/** So many rows of a list are checked and written before whoever else waits has his turn. */
const PIECE = 100;

/** The same for a list of any length. */
async function jsonInPieces(route: Route, it: unknown): Promise<string> {
  const { reply } = route;
  const items = (it as { items?: unknown } | null)?.items;
  if (!Array.isArray(items) || items.length <= PIECE || !(reply instanceof z.ZodObject)) return jsonOf(route, it);
  const around = jsonOf(route, { ...(it as object), items: [] });
  const element = (reply.shape.items as z.ZodArray).element as z.ZodType;
  const pieces: string[] = [];
  for (let n = 0; n < items.length; n += PIECE) {
    pieces.push(JSON.stringify(z.encode(z.array(element), items.slice(n, n + PIECE))).slice(1, -1));
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return around.replace('"items":[]', () => `"items":[${pieces.join(',')}]`);
}

const sights = new WeakMap<Caller['grants'], string>();

/** All that an answer may depend on of a caller: what he may, and how far. */
function sightOf({ kind, grants }: Caller): string {
  if (kind === 'nobody') return '';
  let sight = sights.get(grants);
  if (sight === undefined) {
    sight = hash('sha1', JSON.stringify(grants));
    sights.set(grants, sight);
  }
  return sight;
}
