import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { Refused } from './refused.ts';

/** Every failure leaves as application/problem+json (RFC 9457): what is wrong, in which field, never our insides. */
export function replyWithProblems(http: FastifyInstance): void {
  http.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error(error);
    return reply.code(problem.status).type('application/problem+json').send(problem);
  });
  http.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send({
        type: '/problems/no-such-page',
        title: `There is nothing at ${request.method} ${request.url}`,
        status: 404,
      }),
  );
}

export function problemOf(error: unknown): { type: string; title: string; status: number; [fact: string]: unknown } {
  if (error instanceof Refused)
    return { ...error.facts, type: `/problems/${error.code}`, title: error.message, status: error.status };
  const { statusCode, message } = error as { statusCode?: number; message: string };
  if (statusCode && statusCode < 500) return { type: '/problems/malformed', title: message, status: statusCode };
  return { type: '/problems/internal', title: 'Something broke on our side; the operator has been told', status: 500 };
}

/** Names the first field that is wrong, and all of them in `issues`. */
export function malformed({ issues }: z.ZodError): Refused {
  const fields = issues.map((it) => ({ field: it.path.join('.') || '(whole)', problem: it.message }));
  return new Refused('malformed', `${fields[0]!.field}: ${fields[0]!.problem}`, { issues: fields }, 400);
}
