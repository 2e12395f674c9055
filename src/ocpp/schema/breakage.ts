// Every way to break a good payload in exactly one place, and random ways to break it anyhow.
import type { OcppErrorCode } from '#link';
import type { Chance } from '#units';
import {
  type Json,
  type JsonObject,
  type Making,
  madeFrom,
  resolved,
  type Schema,
  sample,
  schemaOf,
} from './sample.ts';

/** A payload with one fault, and what a validator must say of it. */
export interface Breakage {
  readonly payload: JsonObject;
  readonly code: OcppErrorCode;
  /** JSON pointer. */
  readonly field: string;
  readonly what: string;
}

/**
 * Each required field missing, an unknown field in each object, each value of another type, each limit exceeded by one.
 * All breakages share one payload that is mended before the next: look at it before you ask for the next.
 */
export function* breakages(message: string, chance: Chance): Generator<Breakage> {
  const schema = schemaOf(message);
  const payload = sample(message, chance, 1);
  const making = { definitions: schema.definitions ?? {}, chance, fullness: 0 };
  for (const fault of inObject(payload, schema, '', making)) yield { payload, ...fault };
}

type Found = Omit<Breakage, 'payload'>;
type Holder = Record<string | number, Json>;

function* inObject(object: JsonObject, schema: Schema, at: string, making: Making): Generator<Found> {
  for (const name of schema.required ?? []) {
    const kept = object[name]!;
    delete object[name];
    yield { code: 'OccurrenceConstraintViolation', field: `${at}/${name}`, what: 'missing' };
    object[name] = kept;
  }
  if (schema.additionalProperties === false)
    for (const name of ['unknownField', '__proto__', 'Status']) {
      Object.defineProperty(object, name, { value: 1, enumerable: true, configurable: true });
      yield { code: 'FormatViolation', field: `${at}/${name}`, what: 'unknown field' };
      delete object[name];
    }
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    if (Object.hasOwn(object, name)) yield* inPlace(object, name, inner, `${at}/${name}`, making);
}

function* inPlace(holder: Holder, key: string | number, schema: Schema, at: string, making: Making): Generator<Found> {
  const it = resolved(schema, making.definitions);
  const kept = holder[key]!;
  for (const { value, code, what } of badValues(it, kept, making)) {
    holder[key] = value;
    yield { code, field: at, what };
  }
  holder[key] = kept;
  if (it.type === 'object') yield* inObject(kept as JsonObject, it, at, making);
  if (it.type === 'array') yield* inPlace(kept as unknown as Holder, 0, it.items ?? {}, `${at}/0`, making);
}

function* badValues(
  schema: Schema,
  good: Json,
  making: Making,
): Generator<{ value: Json; code: OcppErrorCode; what: string }> {
  const { type, enum: values, format, maxLength, minimum, maximum, minItems, maxItems } = schema;
  if (type === undefined) return;
  const kind = 'TypeConstraintViolation';
  const property = 'PropertyConstraintViolation';
  const occurrence = 'OccurrenceConstraintViolation';
  yield { value: null, code: kind, what: 'null' };
  for (const value of [7, 'text', true, [], {}] as Json[])
    if (!isOf(type, value)) yield { value, code: kind, what: `a ${typeof value} for a ${type}` };
  if (type === 'integer') yield { value: 1.5, code: kind, what: 'a fraction' };
  if (values !== undefined) {
    yield { value: `${good}X`, code: property, what: 'no such value' };
    if (!values.includes(String(good).toLowerCase()))
      yield { value: String(good).toLowerCase(), code: property, what: 'the value in lower case' };
  }
  if (format !== undefined)
    for (const value of ['', 'yesterday', '2026-02-30T00:00:00Z', '2026-11-22T10:00:00', '2026-11-22'])
      yield { value, code: property, what: `${value} for a ${format}` };
  if (maxLength !== undefined) yield { value: '电'.repeat(maxLength + 1), code: property, what: 'too long' };
  if (minimum !== undefined) yield { value: minimum - 1, code: property, what: 'too small' };
  if (maximum !== undefined) yield { value: maximum + 1, code: property, what: 'too great' };
  if (minItems) yield { value: [], code: occurrence, what: 'too few' };
  if (maxItems !== undefined) {
    const item = (good as Json[])[0] ?? madeFrom(schema.items ?? {}, making);
    yield { value: new Array<Json>(maxItems + 1).fill(item), code: occurrence, what: 'too many' };
  }
}

function isOf(type: NonNullable<Schema['type']>, value: Json): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === (type === 'integer' ? 'number' : type);
}

const oddities: readonly (() => Json)[] = [
  () => null,
  () => -1,
  () => 1e308,
  () => 9_007_199_254_740_992,
  () => 0.1,
  () => '',
  () => '\u0000',
  () => '\ud800',
  () => 'x'.repeat(5000),
  () => '1970-01-01T00:00:00Z',
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}'),
];

/** Changes a few places of a payload at random; the result may be good or bad. The original stays as it is. */
export function scrambled(payload: JsonObject, chance: Chance): JsonObject {
  const result = structuredClone(payload);
  for (let left = chance.between(1, 3); left > 0; left--) {
    let holder: Holder = result;
    for (;;) {
      const keys = Object.keys(holder);
      const key = keys.length === 0 || chance.next() < 0.05 ? 'odd' : chance.pick(keys);
      const inner = holder[key];
      if (typeof inner === 'object' && inner !== null && chance.next() < 0.7) holder = inner as Holder;
      else {
        if (chance.next() < 0.2) delete holder[key];
        else holder[key] = chance.pick(oddities)();
        break;
      }
    }
  }
  return result;
}
