import { z } from 'zod';

/** Which models there are and which one speaks. Every step is kept, so that what spoke on a day can be told later. */
export interface Registry {
  readonly live: string | null;
  /** Estimates beside the live one, for comparison; nobody acts on it. */
  readonly shadow: string | null;
  readonly steps: readonly Step[];
}

export type Step = { readonly at: string; readonly by: string; readonly why: string } & (
  | { readonly did: 'shadow'; readonly model: string }
  | { readonly did: 'promote'; readonly model: string; readonly before: string | null }
  | { readonly did: 'roll back'; readonly model: string; readonly before: string }
);

export const emptyRegistry: Registry = { live: null, shadow: null, steps: [] };

/** Who decides, when and why; `at` as an instant of ISO 8601. */
export interface Order {
  readonly at: string;
  readonly by: string;
  readonly why: string;
}

export type Ordered =
  | { readonly ok: true; readonly registry: Registry }
  | { readonly ok: false; readonly reason: string };

/** Lets a model estimate beside the live one. */
export function putInShadow(registry: Registry, model: string, order: Order): Ordered {
  if (registry.live === model) return { ok: false, reason: 'the model is live already' };
  return {
    ok: true,
    registry: { ...registry, shadow: model, steps: [...registry.steps, { ...order, did: 'shadow', model }] },
  };
}

/** How the shadow did beside the live model, on the same charges whose capacity was measured later. */
export interface Comparison {
  readonly packs: number;
  readonly liveError: number;
  readonly shadowError: number;
  /** Share of truths inside the shadow's interval of 90 %. */
  readonly shadowCovered: number;
}

/** So many packs tested under both models are the least from which anything follows. */
export const FEWEST_COMPARED = 20;

/** Makes the shadow speak, if it was no worse than the live model and knew how sure it was. The first model needs no rival. */
export function promote(registry: Registry, comparison: Comparison | undefined, order: Order): Ordered {
  const { shadow, live } = registry;
  if (shadow === null) return { ok: false, reason: 'no model is in shadow' };
  if (live !== null) {
    if (!comparison || comparison.packs < FEWEST_COMPARED)
      return { ok: false, reason: `fewer than ${FEWEST_COMPARED} packs were tested under both models` };
    if (comparison.shadowError > comparison.liveError)
      return { ok: false, reason: `its error is larger: ${comparison.shadowError} beside ${comparison.liveError}` };
    if (comparison.shadowCovered < 0.85)
      return {
        ok: false,
        reason: `its intervals hold ${Math.round(100 * comparison.shadowCovered)} % of truths, not 85`,
      };
  }
  const step: Step = { ...order, did: 'promote', model: shadow, before: live };
  return { ok: true, registry: { live: shadow, shadow: null, steps: [...registry.steps, step] } };
}

/** Back to the model that spoke before the last promotion that still stands. */
export function rollBack(registry: Registry, order: Order): Ordered {
  const { live, steps } = registry;
  const promoted = steps.findLast((it) => it.did === 'promote' && it.model === live);
  if (live === null || promoted?.did !== 'promote' || promoted.before === null)
    return { ok: false, reason: 'no model spoke before this one' };
  const step: Step = { ...order, did: 'roll back', model: promoted.before, before: live };
  return { ok: true, registry: { live: promoted.before, shadow: null, steps: [...steps, step] } };
}

/** How the charges of late stand to what the model was trained on. */
export interface Drift {
  readonly charges: number;
  readonly widened: number;
  readonly abstained: number;
  /** Truths inside and outside the interval, of packs tested since. */
  readonly tested: number;
  readonly covered: number;
}

/** Alarms when one charge in five is unlike the training charges, one in twenty cannot be judged, or intervals hold too little. */
export function driftAlarms({ charges, widened, abstained, tested, covered }: Drift): readonly string[] {
  const alarms: string[] = [];
  if (charges >= 100 && widened > 0.2 * charges)
    alarms.push(`${widened} of ${charges} charges are unlike the training charges`);
  if (charges >= 100 && abstained > 0.05 * charges) alarms.push(`${abstained} of ${charges} charges cannot be judged`);
  // Fewer than 80 of 100 under a promise of 90: with 50 tests that is more than two standard deviations below.
  if (tested >= 50 && covered < 0.8 * tested)
    alarms.push(`the interval of 90 % held ${covered} of ${tested} measured capacities`);
  return alarms;
}

const order = { at: z.string(), by: z.string(), why: z.string(), model: z.string() };
const registryShape = z.object({
  live: z.string().nullable(),
  shadow: z.string().nullable(),
  steps: z.array(
    z.discriminatedUnion('did', [
      z.object({ ...order, did: z.literal('shadow') }),
      z.object({ ...order, did: z.literal('promote'), before: z.string().nullable() }),
      z.object({ ...order, did: z.literal('roll back'), before: z.string() }),
    ]),
  ),
});

/** @throws Error when the text is no registry */
export const registryIn = (text: string): Registry => registryShape.parse(JSON.parse(text));
