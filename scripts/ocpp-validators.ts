// Compiles the official OCPP 2.1 schemas into plain validator functions: `src/ocpp/generated/`.
// Runs after `npm install`; takes a few milliseconds when nothing has changed.
//
// Why at install time: the schemas are CC BY-ND, so neither they nor code derived from them is committed, and compiling
// all of them at every start would cost seconds. Why not typed-ocpp's own validator: it compiles three versions of OCPP
// on import (7 s, 300 MB) and silently deletes unknown fields (research/ocpp.md section 2).
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

interface Schema {
  readonly [keyword: string]: unknown;
}

const require = createRequire(import.meta.url);
const schemaFile = require.resolve('typed-ocpp/dist/ocpp21/schemas.js');
/** Ajv's ESM output still calls `require` for its string length and its formats. */
const requireForAjv = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`;
const target = new URL('../src/ocpp/generated/', import.meta.url);
const inputs = createHash('sha256')
  .update(readFileSync(schemaFile))
  .update(readFileSync(import.meta.filename))
  .update(readFileSync(require.resolve('ajv/package.json')))
  .update(readFileSync(require.resolve('ajv-formats/package.json')))
  .digest('hex');

if (madeFrom() !== inputs) await generate();

function madeFrom(): string | undefined {
  try {
    readFileSync(new URL('messages.d.ts', target));
    readFileSync(new URL('validators.d.ts', target));
    return /^\/\/ inputs: (\w+)/.exec(readFileSync(new URL('validators.js', target), 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

async function generate(): Promise<void> {
  const { default: ajvModule } = await import('ajv');
  const { default: addFormats } = await import('ajv-formats');
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const messages: Record<string, Schema> = await import(pathToFileURL(schemaFile).href);
  const names = Object.keys(messages).sort();

  const ajv = new ajvModule.Ajv({
    code: { source: true, esm: true },
    inlineRefs: false, // one function for each data type, shared by all messages
    messages: false, // src/ocpp/schema/check.ts says it better
    strict: true,
  });
  addFormats.default(ajv, ['date-time', 'uri']);
  for (const [name, schema] of Object.entries(reachable(messages))) ajv.addSchema({ ...schema, $id: name });
  for (const name of names) ajv.addSchema({ ...lean(messages[name]!), $id: name });

  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
  mkdirSync(target, { recursive: true });
  write('messages.d.ts', messageTypes(names));
  write('validators.d.ts', validatorTypes());
  write('validators.js', [`// inputs: ${inputs}`, requireForAjv, code, tables(names)].join('\n'));
}

/** The data types that some message uses; each official file carries all 232 of them. */
function reachable(messages: Record<string, Schema>): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const visit = (value: unknown, definitions: Record<string, Schema>): void => {
    if (typeof value !== 'object' || value === null) return;
    const reference = (value as Schema).$ref;
    if (typeof reference === 'string') {
      const name = reference.split('/').at(-1)!;
      if (name in found) return;
      found[name] = lean(definitions[name]!);
      visit(definitions[name], definitions);
    } else for (const inner of Object.values(value)) visit(inner, definitions);
  };
  for (const { definitions, ...schema } of Object.values(messages))
    visit(schema, definitions as Record<string, Schema>);
  return found;
}

/** A schema without the keywords that check nothing, and with references by plain name. */
function lean(schema: Schema): Schema {
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref.split('/').at(-1) };
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (['definitions', 'description', 'default', 'additionalItems', '$schema', '$id', 'comment'].includes(keyword))
      continue;
    if (keyword === 'additionalProperties' && schema.type !== 'object') continue;
    if (keyword === 'properties') result[keyword] = eachValue(value as Record<string, Schema>, lean);
    else if (keyword === 'items') result[keyword] = lean(value as Schema);
    else result[keyword] = value;
  }
  return result;
}

function eachValue<A, B>(from: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));
}

function ending(names: readonly string[], suffix: string): string[] {
  return names.filter((it) => it.endsWith(suffix)).map((it) => it.slice(0, -suffix.length));
}

function sends(names: readonly string[]): string[] {
  return names.filter((it) => !/(Request|Response)$/.test(it));
}

function tables(names: readonly string[]): string {
  const table = (name: string, actions: readonly string[], suffix: string) =>
    `export const ${name} = new Map([${actions.map((it) => `["${it}", ${it}${suffix}]`).join(', ')}]);`;
  return [
    table('requests', ending(names, 'Request'), 'Request'),
    table('responses', ending(names, 'Response'), 'Response'),
    table('sends', sends(names), ''),
  ].join('\n');
}

function validatorTypes(): string {
  return `import type { ErrorObject } from 'ajv';
/** True when the payload is good; otherwise \`errors\` holds the first fault until the next call. */
export interface Validate {
  (payload: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}
export declare const requests: ReadonlyMap<string, Validate>;
export declare const responses: ReadonlyMap<string, Validate>;
export declare const sends: ReadonlyMap<string, Validate>;
`;
}

function messageTypes(names: readonly string[]): string {
  const map = (name: string, actions: readonly string[], suffix: string) =>
    `export interface ${name} {\n${actions.map((it) => `  ${it}: ocpp.${it}${suffix};`).join('\n')}\n}\n`;
  return `import type * as ocpp from 'typed-ocpp/dist/ocpp21/types.js';
${map('Requests', ending(names, 'Request'), 'Request')}
${map('Responses', ending(names, 'Response'), 'Response')}
${map('Sends', sends(names), '')}`;
}

/** Whole or not at all: an install may be interrupted, and two may run at once. */
function write(name: string, text: string): void {
  const draft = new URL(`${name}.${process.pid}`, target);
  writeFileSync(draft, text);
  renameSync(draft, new URL(name, target));
}
