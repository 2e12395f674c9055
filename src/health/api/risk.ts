// The contract of early warning. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

/** What was at fault: the pack, which was looked at and is well now, or what measured it. */
export const clearCauses = ['pack', 'sensor', 'cable'] as const;

export const riskLevels = ['calm', 'inspect', 'stop'] as const;

export const detectorIds = [
  'voltage',
  'leak',
  'leak-low',
  'resistance',
  'capacity',
  'correlation',
  'entropy',
  'heat',
  'heat-pack',
  'insulation',
  'insulation-law',
  'soc-jump',
  'charge-count',
  'runaway',
  'overheat',
  'fallen',
] as const;

/** One thing that stands against a pack, in codes and figures. */
const sign = z.object({
  detector: z.enum(detectorIds),
  /** Two of three sessions; one alone, where no healthy pack is as far off; the sum over sessions; a limit of law; the rule of thermal runaway; the maker's highest °C; a voltage in mV. */
  by: z.enum(['held', 'once', 'sum', 'law', 'rule', 'limit', 'fall']),
  /** Counted from 0; null when it is about the whole pack. */
  cell: z.int().nullable(),
  probe: z.int().nullable(),
  value: z.number(),
  threshold: z.number(),
  level: z.enum(['note', 'inspect', 'stop']),
  since: wire.instant,
  /** Of a leak: the resistance of the short that would explain it. */
  ohm: z.number().nullable(),
});

const risk = z.object({
  code: wire.packCode,
  /** Null while no station has told what its cells show. */
  risk: z
    .object({
      level: z.enum(riskLevels),
      since: wire.instant,
      /** The gravest first. */
      reasons: z.array(sign),
      /** Charges looked at since it was new, or cleared. */
      sessions: z.int(),
      /** When the last of them had rested. */
      at: wire.instant.nullable(),
      /** Percent points of charge between its weakest and its strongest cell. */
      consistency: z.number().nullable(),
      /** Version of the limits. */
      thresholds: z.string(),
      cleared: z.object({ at: wire.instant, finding: z.string(), cause: z.enum(clearCauses) }).nullable(),
    })
    .nullable(),
});

const one = z.object({ code: wire.packCode });

export const riskApi = {
  risk: route({
    method: 'GET',
    path: '/v1/packs/:code/risk',
    summary: 'What early warning holds against a pack, and why; it stands until somebody clears it',
    may: 'pack.see',
    params: one,
    reply: risk,
  }),
  clearRisk: route({
    method: 'POST',
    path: '/v1/packs/:code/risk/clear',
    summary:
      'Somebody has looked at the pack and found it well; a grade that followed from the risk remains until a test',
    may: 'pack.judge',
    params: one,
    body: z.strictObject({
      finding: z.string().trim().min(3).max(500),
      /** Thermal runaway is taken back only with a sensor or cable as the cause, and the grade by a capacity test after it. */
      cause: z.enum(clearCauses).default('pack'),
    }),
    reply: risk,
  }),
};
