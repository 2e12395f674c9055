// The contract of what a person may ask of us about himself: his data, and that we forget him. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

export const erased = z.object({
  /** Of the entry in the record that tells it, without saying who. */
  id: z.string(),
  /** Rows that were emptied, changed or removed, by table. */
  rows: z.record(z.string(), z.int()),
});

const reason = z.string().trim().min(3).max(500);
/** Money that is open was paid out, collected or given up outside our books. */
const settled = z.boolean().optional();

export const erasureApi = {
  takeOut: route({
    method: 'GET',
    path: '/v1/me/data',
    summary: 'All that is kept of me, as data: article 20 of the GDPR, article 45 of the PIPL',
    may: 'signed-in',
    reply: z.record(z.string(), z.unknown()),
  }),
  eraseMe: route({
    method: 'POST',
    path: '/v1/me/erase',
    summary:
      'Forget me, for ever. Refused while a swap, a pack of the network or money is open; `email` is mine, to be sure',
    may: 'signed-in',
    body: z.strictObject({ email: z.string().max(200) }),
    reply: erased,
  }),
  eraseMember: route({
    method: 'POST',
    path: '/v1/members/:id/erase',
    summary: 'Forget a person who asked for it, for ever; only people all of whose organisations are within reach',
    may: 'member.manage',
    params: z.object({ id: z.string().max(64) }),
    body: z.strictObject({ reason, settled }),
    reply: erased,
  }),
  eraseDriver: route({
    method: 'POST',
    path: '/v1/drivers/erase',
    summary: 'Forget a driver who asked for it, with cards, vehicle and account, for ever',
    may: 'person.register',
    // Under a name that the trail does not take down.
    body: z.strictObject({ driver: wire.driverId, reason, settled }),
    reply: erased,
  }),
};
