import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { KnownPaths } from './methods.ts';
import { Refused } from './refused.ts';

/** Every failure leaves as application/problem+json (RFC 9457): what is wrong, in which field, never our insides. */
export function replyWithProblems(http: FastifyInstance): void {
  const known = new KnownPaths();
  http.addHook('onRoute', ({ url, method }) => known.add(url, method));
  http.setErrorHandler(replyWithProblem);
  http.setNotFoundHandler((request, reply) => {
    const allowed = known.methodsAt(request.url);
    return allowed.length > 0 ? otherMethod(request, reply, allowed) : noSuchPage(request, reply);
  });
}

export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status >= 500) request.log.error(error);
  reply.code(problem.status).type('application/problem+json').send(problem);
}

const otherMethod = ({ method, url }: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): FastifyReply =>
  reply
    .code(405)
    .header('allow', allowed.join(', '))
    .type('application/problem+json')
    .send({
      type: '/problems/method-wrong',
      title: `${method} ${url.split('?', 1)[0]} does nothing; there is ${allowed.join(', ')}`,
      status: 405,
    });

export const noSuchPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .code(404)
    .type('application/problem+json')
    .send({
      type: '/problems/no-such-page',
      title: `There is nothing at ${request.method} ${request.url}`,
      status: 404,
    });

export function problemOf(error: unknown): { type: string; title: string; status: number; [fact: string]: unknown } {
  if (error instanceof Refused)
    return { ...error.facts, type: `/problems/${error.code}`, title: error.message, status: error.status };
  const { statusCode, message } = error as { statusCode?: number; message: string };
  if (statusCode && statusCode < 500) return { type: '/problems/malformed', title: message, status: statusCode };
  return { type: '/problems/internal', title: 'Something broke on our side; the operator has been told', status: 500 };
}

/** A field that is wrong, as it stands in `issues`. */
interface Issue {
  readonly field: string;
  readonly problem: string;
}

/** Names the first field that is wrong, and all of them in `issues`. */
export const malformed = ({ issues }: z.ZodError): Refused => malformedAt(issues.flatMap((it) => fieldsOf(it)));

export const malformedAt = (issues: readonly Issue[]): Refused =>
  new Refused('malformed', `${issues[0]!.field}: ${issues[0]!.problem}`, { issues }, 400);

type Wrong = z.core.$ZodIssue;

/** What may be one or many is told by the branch that was meant; an unknown field stands under its own name. */
function fieldsOf(issue: Wrong, above: readonly PropertyKey[] = []): Issue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const meant = branchMeant(issue.errors);
    if (meant) return meant.flatMap((it) => fieldsOf(it, path));
    const problems = new Set(issue.errors.flat().map((it) => it.message));
    return [{ field: named(path), problem: [...problems].join(', or ') || issue.message }];
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((it) => ({ field: named([...path, it]), problem: 'there is no such field' }));
  return [{ field: named(path), problem: issue.message }];
}

const named = (path: readonly PropertyKey[]): string => path.map(String).join('.') || '(whole)';

/** The branch of the kind of value that was sent, with the fewest faults; none when each asks for another value. */
function branchMeant(branches: readonly (readonly Wrong[])[]): readonly Wrong[] | undefined {
  const isOther = (it: Wrong) => it.path.length === 0 && (it.code === 'invalid_type' || it.code === 'invalid_value');
  return branches.filter((it) => !it.some(isOther)).toSorted((a, b) => a.length - b.length)[0];
}
