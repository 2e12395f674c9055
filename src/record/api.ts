// The contract of the record. Plain data, browser-safe.
import { z } from 'zod';
import { pageOf, pageQuery, route } from '#kernel/api';
import { wire } from '#units/api';

export const entry = z.object({
  seq: z.int(),
  at: wire.instant,
  subject: z.string(),
  type: z.string(),
  body: z.record(z.string(), z.unknown()),
});

export const recordApi = {
  history: route({
    method: 'GET',
    path: '/v1/record/:subject',
    summary: 'What happened to a pack, a swap or a station (pack:<code>, swap:<id>, station:<id>), oldest first',
    may: 'record.see',
    params: z.object({ subject: z.string().regex(/^(pack|swap|station):[\x21-\x7e]{1,64}$/) }),
    query: pageQuery,
    reply: pageOf(entry),
  }),
};
