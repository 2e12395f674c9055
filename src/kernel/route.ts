// A contract is plain data: the server serves it, the browser calls it, the OpenAPI page shows it. Browser-safe.
import { z } from 'zod';
import type { Permission } from './permission.ts';

type Shape = z.ZodType | undefined;

/** `anyone` for what is public, `signed-in` for what everybody known to us may do; else the permission it takes. */
export type May = 'anyone' | 'signed-in' | Permission;

export interface Route<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly may: May;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly reply: Reply;
  /** The reply holds a key or a password: it is shown once and never stored, so the same request again is refused. */
  readonly secret?: true;
  /** The reply is no JSON but server-sent events that go on until the caller leaves. */
  readonly streams?: true;
  /** The reply is a file in one of these media types. */
  readonly files?: readonly string[];
  /**
   * All who may see the same get one answer that is at most so many milliseconds of real time old; `at` in it says how old
   * it is. What somebody writes by HTTP is in the next answer. Its handler looks at what the caller may, never at who he is.
   */
  readonly keptMs?: number;
}

export type Api = Readonly<Record<string, Route>>;

type In<S> = S extends z.ZodType ? z.infer<S> : undefined;

/** What a handler receives and what a caller sends. */
export type Call<R extends Route> =
  R extends Route<infer P, infer Q, infer B, z.ZodType> ? { params: In<P>; query: In<Q>; body: In<B> } : never;
export type Reply<R extends Route> = z.infer<R['reply']>;

export const route = <
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  R extends z.ZodType = z.ZodType,
>(it: {
  method: 'GET' | 'POST';
  path: `/v1/${string}`;
  summary: string;
  may: May;
  params?: P;
  query?: Q;
  body?: B;
  reply: R;
  secret?: true;
  streams?: true;
  files?: readonly string[];
  keptMs?: number;
}): Route<P, Q, B, R> => it as Route<P, Q, B, R>;

/** The query of every list: where to go on, and how many at the most. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** The reply of every list: `nextCursor` is absent on the last page. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** Cuts `rows`, asked for with one more than `limit`, into a page. */
export function toPage<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string) {
  const items = rows.slice(0, limit);
  return { items, ...(rows.length > limit && { nextCursor: cursorOf(items.at(-1)!) }) };
}

/** Every failure as it travels: RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  issues: z.array(z.object({ field: z.string(), problem: z.string() })).optional(),
});
