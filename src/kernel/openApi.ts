import { z } from 'zod';
import type { Permission, Scope } from './permission.ts';
import { type Api, problem, type Route } from './route.ts';

const schema = (it: z.ZodType) => z.toJSONSchema(it, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });
const problems = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: schema(problem) } },
};

const shownOnce = 'the reply is shown once; the same key again is refused';

/** Prints the contracts as one OpenAPI 3.1 document. `scopesFor`: which scopes of API keys bring a permission. */
export function openApi(
  title: string,
  version: string,
  apis: Readonly<Record<string, Api>>,
  scopesFor: (permission: Permission) => readonly Scope[],
): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [tag, api] of Object.entries(apis))
    for (const [name, route] of Object.entries(api)) {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = operation(tag, name, route, scopesFor);
    }
  const securitySchemes = {
    apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with a scope of the route' },
    session: { type: 'apiKey', in: 'cookie', name: 'packloop.session', description: 'Somebody who is signed in' },
  };
  return {
    openapi: '3.1.0',
    info: { title, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: { securitySchemes },
  };
}

/** Who may, in words. */
function needs({ may }: Route, scopesFor: (permission: Permission) => readonly Scope[]): string[] {
  if (may === 'anyone') return [];
  if (may === 'signed-in') return ['Needs a session or an API key.'];
  return [
    `Needs the permission "${may}"; of API keys the scope ${scopesFor(may)
      .map((it) => `"${it}"`)
      .join(' or ')}.`,
  ];
}

function operation(
  tag: string,
  name: string,
  route: Route,
  scopesFor: (permission: Permission) => readonly Scope[],
): object {
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', maxLength: 200 },
    description: `New for each new request; ${route.secret ? shownOnce : 'the same key again gets the first reply'}`,
  };
  const description = [...needs(route, scopesFor), ...(route.secret ? [`Holds a secret: ${shownOnce}.`] : [])].join(
    ' ',
  );
  const media = route.streams ? ['text/event-stream'] : (route.files ?? ['application/json']);
  return {
    tags: [tag],
    operationId: `${tag}.${name}`,
    summary: route.summary,
    ...(route.may !== 'anyone' && { security: [{ apiKey: [] }, { session: [] }] }),
    ...(description && { description }),
    parameters: [
      ...fields('path', route.params),
      ...fields('query', route.query),
      ...(route.method === 'POST' ? [idempotencyKey] : []),
    ],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schema(route.body) } } },
    }),
    responses: {
      200: {
        description: 'Done',
        content: Object.fromEntries(media.map((it) => [it, { schema: schema(route.reply) }])),
      },
      '4XX': problems,
      '5XX': problems,
    },
  };
}

function fields(where: 'path' | 'query', shape: z.ZodType | undefined): object[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schema(shape) as {
    properties?: Record<string, { default?: unknown }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, it]) => ({
    name,
    in: where,
    required: where === 'path' || (required.includes(name) && it.default === undefined),
    schema: it,
  }));
}
