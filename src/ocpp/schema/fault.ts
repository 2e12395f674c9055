// One complaint of a validator, as a sentence for the programmer of a station.

/** What Ajv says of the first thing it did not like. */
export interface Complaint {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** JSON pointer to the field, also when it is missing, or there but unknown. */
export function fieldOf({ instancePath, params }: Complaint): string {
  const name = params.missingProperty ?? params.additionalProperty;
  return name === undefined ? instancePath : `${instancePath}/${escaped(String(name))}`;
}

export function sentence(complaint: Complaint, payload: unknown): string {
  const field = fieldOf(complaint);
  const name = spoken(field);
  const value = valueAt(payload, field);
  const { params } = complaint;
  switch (complaint.keyword) {
    case 'required':
      return `${name} is required`;
    case 'additionalProperties':
      return `${name} is not a field of this message`;
    case 'type':
      return `${name} must be ${article(String(params.type))}, not ${kindOf(value)}`;
    case 'enum':
      return `${name} must be ${oneOf(params.allowedValues as readonly unknown[])}, not ${shown(value)}`;
    case 'format':
      return `${name} must be a ${params.format} as in RFC 3339, not ${shown(value)}`;
    case 'minimum':
      return `${name} must be at least ${params.limit}, not ${shown(value)}`;
    case 'maximum':
      return `${name} must be at most ${params.limit}, not ${shown(value)}`;
    case 'maxLength':
      return `${name} must have at most ${params.limit} characters, not ${[...(value as string)].length}`;
    case 'minItems':
      return `${name} must have at least ${params.limit} element(s), not ${(value as unknown[]).length}`;
    case 'maxItems':
      return `${name} must have at most ${params.limit} element(s), not ${(value as unknown[]).length}`;
    default:
      return `${name} is not as OCPP 2.1 wants it (${complaint.keyword})`;
  }
}

/** `/batteryData/0/soC` as `batteryData[0].soC`, and a long name shortened. */
function spoken(pointer: string): string {
  if (pointer === '') return 'the payload';
  const parts = steps(pointer).map((it) => (/^\d+$/.test(it) ? `[${it}]` : `.${it}`));
  return shortened(parts.join('').replace(/^\./, ''), 100);
}

const steps = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'));

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const valueAt = (payload: unknown, pointer: string): unknown =>
  steps(pointer).reduce((at, step) => (at as Record<string, unknown> | undefined)?.[step], payload);

const shown = (value: unknown): string => shortened(JSON.stringify(value) ?? 'nothing', 40);

/** The whole list where it is short; the description of a CALLERROR has 255 characters. */
function oneOf(values: readonly unknown[]): string {
  const all = values.join(', ');
  if (all.length <= 100) return `one of ${all}`;
  return `one of the ${values.length} values of OCPP 2.1 (${all.slice(0, all.lastIndexOf(', ', 80))}, …)`;
}

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

const article = (type: string): string => `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'number' ? `the number ${shown(value)}` : article(typeof value);
}
