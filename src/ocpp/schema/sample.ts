// Payloads made from the official schemas: good ones, and good ones broken in exactly one place. Seeded, so that what
// a fuzzer found can be found again. For tests and fuzzers; the server never loads the schemas themselves.
import * as official from 'typed-ocpp/dist/ocpp21/schemas.js';
import type { Chance } from '#units';

/** As much of JSON Schema as OCPP 2.1 uses. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

const schemas = official as unknown as Readonly<Record<string, Schema>>;
/** Such as BatterySwapRequest, BatterySwapResponse, NotifyPeriodicEventStream. */
export const messageNames: readonly string[] = Object.keys(schemas).sort();

/** @throws RangeError when OCPP 2.1 has no message of this name */
export function schemaOf(message: string): Schema {
  const schema = Object.hasOwn(schemas, message) ? schemas[message] : undefined;
  if (schema === undefined) throw new RangeError(`OCPP 2.1 has no message ${message}`);
  return schema;
}

/**
 * A payload that keeps to the schema of this message.
 * @param fullness how likely an optional field is there, 0 to 1
 */
export function sample(message: string, chance: Chance, fullness = 0.5): JsonObject {
  const schema = schemaOf(message);
  return madeFrom(schema, { definitions: schema.definitions ?? {}, chance, fullness }) as JsonObject;
}

export interface Making {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly chance: Chance;
  readonly fullness: number;
}

/** A value that keeps to this part of a schema. */
export function madeFrom(schema: Schema, making: Making): Json {
  const it = resolved(schema, making.definitions);
  const { chance, fullness } = making;
  switch (it.type) {
    case 'object':
      return objectOf(it, making);
    case 'array': {
      const least = it.minItems ?? 0;
      const length = chance.between(least, Math.min(it.maxItems ?? least + 2, least + 2));
      return Array.from({ length: fullness === 1 ? Math.max(length, 1) : length }, () =>
        madeFrom(it.items ?? {}, making),
      );
    }
    case 'string':
      return textOf(it, chance);
    case 'integer':
      return chance.between(Math.ceil(it.minimum ?? -1000), Math.floor(it.maximum ?? (it.minimum ?? 0) + 100_000));
    case 'number':
      return numberOf(it, chance);
    case 'boolean':
      return chance.next() < 0.5;
    default: // DataTransfer.data may be anything
      return chance.pick<Json>([null, 7, 'anything', [1, 'two'], { three: true }]);
  }
}

/** The schema a reference stands for. */
export function resolved(schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema {
  if (schema.$ref === undefined) return schema;
  return definitions[schema.$ref.slice('#/definitions/'.length)]!;
}

function objectOf(schema: Schema, making: Making): JsonObject {
  const result: JsonObject = {};
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(name) || making.chance.next() < making.fullness)
      result[name] = madeFrom(inner, making);
  return result;
}

const letters = [...'ABCXYZabcxyz0189 -_:./äß电池🔋'];

function textOf(schema: Schema, chance: Chance): string {
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  if (schema.format === 'date-time')
    return Temporal.Instant.fromEpochMilliseconds(chance.between(0, 4_102_444_800_000)).toString();
  const length = chance.between(0, Math.min(schema.maxLength ?? 20, 20));
  return Array.from({ length }, () => chance.pick(letters)).join('');
}

function numberOf({ minimum, maximum }: Schema, chance: Chance): number {
  const least = minimum ?? -1000;
  const value = least + chance.next() * ((maximum ?? least + 100_000) - least);
  return Math.min(Math.max(Math.round(value * 1000) / 1000, least), maximum ?? Number.POSITIVE_INFINITY);
}
