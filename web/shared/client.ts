// Calls the server by its contract, from a browser or from Node.
import type { z } from 'zod';
import type { Api, Route } from '#kernel/api';

type Wire<S> = S extends z.ZodType ? z.input<S> : undefined;

/** As it travels: an instant is a text, and what came is looked at, never changed. */
export type Travelled<T> = unknown extends T
  ? T
  : T extends Temporal.Instant
    ? string
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Travelled<Item>[]
        : { readonly [Key in keyof T]: Travelled<T[Key]> };

/** What a caller sends, as it travels. */
export type Ask<R extends Route> =
  R extends Route<infer P, infer Q, infer B, z.ZodType>
    ? { readonly params?: Wire<P>; readonly query?: Wire<Q>; readonly body?: Wire<B>; readonly signal?: AbortSignal }
    : never;
export type Answer<R extends Route> = Travelled<z.output<R['reply']>>;
export type Client<A extends Api> = { readonly [Name in keyof A]: (ask?: Ask<A[Name]>) => Promise<Answer<A[Name]>> };

/** What a refusal says beside its sentence: see `problem` in #kernel/api. */
export interface Problem {
  /** Such as `no-pack`; empty when the server told none. */
  readonly code: string;
  readonly issues: readonly { readonly field: string; readonly problem: string }[];
  /** All that came. */
  readonly facts: Readonly<Record<string, unknown>>;
}

const nothingTold: Problem = { code: '', issues: [], facts: {} };

/** The server said no (RFC 9457), or did not say anything: then `status` is 0. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, title: string, problem: Problem = nothingTold) {
    super(title);
    this.status = status;
    this.problem = problem;
  }
}

/** Does what one route of a contract offers. @throws CallFailed unless the server did what was asked */
export const callRoute = <R extends Route>(route: R, ask?: Ask<R>, base = ''): Promise<Answer<R>> =>
  call(base, route, ask as Loose | undefined) as Promise<Answer<R>>;

/** Turns a contract into functions that call it. Each throws CallFailed unless the server did what was asked. */
export const client = <A extends Api>(api: A, base = ''): Client<A> =>
  Object.fromEntries(
    Object.entries(api).map(([name, route]) => [name, (ask?: Loose) => call(base, route, ask)]),
  ) as unknown as Client<A>;

type Loose = { params?: Fields; query?: Fields; body?: unknown; signal?: AbortSignal };
type Fields = Readonly<Record<string, unknown>>;

/** Where a call goes: parameters in the path, the others behind the question mark, absent ones nowhere. */
export function urlOf(
  base: string,
  path: string,
  { params = {}, query = {} }: Pick<Loose, 'params' | 'query'>,
): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key] ?? '')));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return base + filled + (search && `?${search}`);
}

async function call(base: string, { method, path }: Route, { body, signal, ...where }: Loose = {}): Promise<unknown> {
  const posted = method === 'POST' && {
    body: JSON.stringify(body ?? {}),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  };
  const response = await fetch(urlOf(base, path, where), { method, ...posted, ...(signal && { signal }) }).catch(
    (error: unknown) => {
      throw new CallFailed(0, String(error));
    },
  );
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  throw failureOf(response, answer);
}

/** What a response that is no success says, as an error. */
export function failureOf(
  { status, statusText }: Pick<Response, 'status' | 'statusText'>,
  answer: unknown,
): CallFailed {
  if (typeof answer !== 'object' || answer === null || !('title' in answer)) return new CallFailed(status, statusText);
  const facts = answer as Readonly<Record<string, unknown>>;
  const code = String(facts.type ?? '').replace(/^.*\/problems\//, '');
  const issues = Array.isArray(facts.issues) ? (facts.issues as Problem['issues']) : [];
  return new CallFailed(status, String(facts.title), { code, issues, facts });
}
