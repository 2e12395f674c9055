// What stands behind the `?` of an address: nothing that the route does not know, and only a cursor of this very list.
import { hash } from 'node:crypto';
import { z } from 'zod';
import { cursorWrong } from './cursor.ts';
import { malformedAt } from './problems.ts';
import { read } from './read.ts';
import type { Route } from './route.ts';

interface Asked {
  readonly params?: unknown;
  readonly query: unknown;
}

/**
 * The query of a request. A name that is not known is never passed over: a list without a filter that somebody asked for
 * would hold more than he believes. A route whose query is loose looks at the rest itself.
 * @throws Refused `malformed`, `cursor-wrong`
 */
export function readQuery(route: Pick<Route, 'path' | 'query'>, { params, query }: Asked): unknown {
  const sent = { ...(query as Readonly<Record<string, unknown>>) };
  const shape = route.query instanceof z.ZodObject ? route.query : z.object({});
  const known = Object.keys(shape.shape);
  const unknown = shape.def.catchall ? [] : Object.keys(sent).filter((it) => !known.includes(it));
  if (unknown.length > 0) {
    const problem = `there is no such field; ${known.length > 0 ? `there are ${known.join(', ')}` : 'nothing is asked for here'}`;
    throw malformedAt(unknown.map((field) => ({ field, problem })));
  }
  if (isList(route) && typeof sent.cursor === 'string') {
    const mark = markOf(route, params);
    if (!sent.cursor.startsWith(mark)) throw cursorWrong();
    sent.cursor = sent.cursor.slice(mark.length);
  }
  return read(route.query, sent);
}

/** A reply whose cursor names its list, so that no other list takes it. */
export function withNamedCursor<Reply>(route: Pick<Route, 'path' | 'query'>, params: unknown, reply: Reply): Reply {
  const { nextCursor } = reply as { nextCursor?: unknown };
  if (!isList(route) || typeof nextCursor !== 'string') return reply;
  return { ...reply, nextCursor: `${markOf(route, params)}${nextCursor}` };
}

const isList = ({ query }: Pick<Route, 'query'>): boolean => query instanceof z.ZodObject && 'cursor' in query.shape;

/** Short, and of these parameters: the messages of one station are another list than those of the next. */
const markOf = ({ path }: Pick<Route, 'path'>, params: unknown): string =>
  `${hash('sha1', JSON.stringify([path, params ?? {}]), 'base64url').slice(0, 6)}.`;
