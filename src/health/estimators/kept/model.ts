import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Cell, MODES, SIGNALS } from '../cells/cycle.ts';
import type { GroupModel } from '../group.ts';

/** How a model file is laid out; another layout gets another number and is refused by older readers. */
export const SCHEMA = 'packloop-health/2';

/** What is kept of a training: the groups with their models, what they were trained on, and how good they were. */
export interface HealthModel {
  readonly schema: typeof SCHEMA;
  /** Of all that follows: two trainings of the same data by the same code have the same, and no figure or word of it can be changed. */
  readonly id: string;
  readonly data: {
    /** SHA-256 over the training and calibration files, by group. */
    readonly hash: Readonly<Record<string, string>>;
    readonly split: Readonly<
      Record<string, { readonly train: readonly string[]; readonly calibration: readonly string[] }>
    >;
  };
  readonly groups: readonly GroupModel[];
  readonly metrics: readonly Metric[];
  readonly card: Card;
}

/** How good a mode of a group was on training cells it had not seen (cross-validation), never on test cells. */
export interface Metric {
  readonly group: string;
  readonly mode: string;
  readonly crossValidatedRmse: number;
  readonly intervalCells: number;
  readonly intervalCovered: number;
  readonly intervalWorstCell: number;
}

/** What a stranger must know before relying on it (Mitchell et al., FAT* 2019). */
export interface Card {
  readonly use: string;
  readonly inputs: readonly string[];
  readonly limits: readonly string[];
  readonly synthetic: boolean;
}

export interface Provenance {
  readonly hash: Readonly<Record<string, string>>;
  readonly split: HealthModel['data']['split'];
  readonly synthetic: boolean;
}

export function healthModel(groups: readonly GroupModel[], { hash, split, synthetic }: Provenance): HealthModel {
  const content: Content = {
    data: { hash, split },
    groups,
    metrics: groups.flatMap(({ group, soh }) =>
      MODES.map((mode) => {
        const { trials, interval } = soh[mode];
        return {
          group: group.name,
          mode,
          crossValidatedRmse: Math.min(...trials.map((it) => it.rmse)),
          intervalCells: interval.cells,
          intervalCovered: interval.covered.mean,
          intervalWorstCell: interval.covered.worst,
        };
      }),
    ),
    card: {
      use: 'State of health (measured capacity over nominal capacity) and charges left, of cells of the kinds it was trained on, after each complete charge.',
      inputs: [...SIGNALS],
      limits: [
        'Trained on single cells charged completely in a laboratory: packs, partial charges and seasons are not in it.',
        'A charge outside of the training range gets a wider interval or no estimate.',
        'The interval of 90 % is promised over cells of the same kind and use; with fewer than 20 calibration cells nothing can promise it.',
        'Charges left are until the state of health at which the training cells of the group came to their end, under the use they had.',
      ],
      synthetic,
    },
  };
  return { schema: SCHEMA, id: idOf(content), ...content };
}

type Content = Omit<HealthModel, 'schema' | 'id'>;

const idOf = ({ data, groups, metrics, card }: Content): string =>
  `sha256:${createHash('sha256')
    .update(JSON.stringify([data, groups, metrics, card]))
    .digest('hex')}`;

/** The file: the same model gives the same bytes. */
export const written = (model: HealthModel): string => `${JSON.stringify(model)}\n`;

const any = z.looseObject({});
const headShape = z.strictObject({
  ...{ schema: z.literal(SCHEMA), id: z.string(), data: any, metrics: z.array(any), card: any },
  groups: z.array(any).min(1),
});

export type ReadModel =
  | { readonly ok: true; readonly model: HealthModel }
  | { readonly ok: false; readonly problem: string };

/** Reads what `written` wrote; a model that was changed since is refused. */
export function readModel(text: string): ReadModel {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `it is no model: ${(error as Error).message}` };
  }
  const head = headShape.safeParse(parsed);
  if (!head.success) return { ok: false, problem: `it is no model of the layout ${SCHEMA}` };
  const model = parsed as HealthModel;
  return idOf(model) === model.id
    ? { ok: true, model }
    : { ok: false, problem: 'it was changed since it was trained: its id does not fit' };
}

/** The name under which a cell is told in a hash of inputs: what an estimate can be replayed from. */
export const inputHash = ({ signals, soh }: Cell): string =>
  `sha256:${createHash('sha256')
    .update(Buffer.from(signals.buffer, signals.byteOffset, signals.byteLength))
    .update(Buffer.from(soh.buffer, soh.byteOffset, soh.byteLength))
    .digest('hex')}`;
