// What a pack tells as JSON lines: first what it is, then its sessions, or samples of its stream. The fields are those of
// session.ts; `kind` says which line it is, `pack` whose.
import { z } from 'zod';
import type { PackFacts, Sample, Session } from './session.ts';

export type WarningLine =
  | { readonly kind: 'pack'; readonly pack: string; readonly facts: PackFacts }
  | { readonly kind: 'session'; readonly pack: string; readonly session: Session }
  | { readonly kind: 'sample'; readonly pack: string; readonly sample: Sample };

const reading = z.number().nullable();
const readings = z.array(reading);
const pack = z.string().min(1);

const lines = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pack'),
    pack,
    chemistry: z.enum(['LFP', 'NMC', 'NCA']),
    capacityAh: z.number(),
    cells: z.int(),
    probes: z.int(),
    hottestC: z.number(),
  }),
  z.strictObject({
    kind: z.enum(['charge', 'rest']),
    pack,
    startedS: z.number(),
    endedS: z.number(),
    points: z.array(
      z.strictObject({
        at: z.enum(['rest-before', 'equal-soc', 'end-of-charge', 'rest-after']),
        currentA: reading,
        soc: reading,
        cellMv: readings,
      }),
    ),
    socBefore: reading,
    socAfter: reading,
    chargedAh: reading,
    chargingS: reading,
    probeBeforeC: readings,
    probeAfterC: readings,
    ambientC: reading,
    insulationKOhm: reading,
  }),
  z.strictObject({
    kind: z.literal('sample'),
    pack,
    atS: z.number(),
    currentA: reading,
    cellMv: readings,
    probeC: readings,
  }),
]);

/** One line of a file. @throws RangeError that names the field, when it is not one of the three */
export function readLine(text: string): WarningLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RangeError(`no JSON: ${(error as Error).message}`);
  }
  const read = lines.safeParse(value);
  if (!read.success) {
    const first = read.error.issues[0]!;
    throw new RangeError(`${first.path.join('.') || 'line'}: ${first.message}`);
  }
  const line = read.data;
  if (line.kind === 'pack') {
    const { kind, pack, ...facts } = line;
    return { kind, pack, facts };
  }
  if (line.kind === 'sample') {
    const { kind, pack, ...sample } = line;
    return { kind, pack, sample };
  }
  const { pack, ...session } = line;
  return { kind: 'session', pack, session };
}
