// How the books travel. Plain data, browser-safe. Whoever may look at them asks by the contracts of insight.
import { z } from 'zod';
import { wire } from '#units/api';

const unit = z.enum(['money', 'energy', 'custody', 'title', 'carbon']);
export const account = z.object({
  id: z.int(),
  unit,
  /** CNY, Wh, or a pack's code. */
  asset: z.string(),
  holder: z.string(),
  /** Credits less debits, as far as posted: fen, Wh, packs, millionths, g CO2e. */
  balance: z.int(),
  /** What is promised to others and still here. */
  promised: z.int(),
  bound: z.enum(['none', 'debits', 'credits']),
  closedAt: wire.instant.nullable(),
});
export const transfer = z.object({
  id: z.string(),
  kind: z.enum(['posted', 'pending', 'post', 'void', 'expire']),
  pendingId: z.string().nullable(),
  debitId: z.int(),
  creditId: z.int(),
  amount: z.int(),
  reason: z.string(),
  link: z.string(),
  legs: z.int(),
  at: wire.instant,
  expiresAt: wire.instant.nullable(),
});
