// The contract for producers of the log: whose keys count, and batches that were sealed elsewhere. Plain data, browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';
import { wire } from '#units/api';

const vkey = z.string().min(1).max(400).describe('Public key as `packloop log key` prints it: name+id+key');
const producerKey = z.object({
  producer: z.string(),
  vkey,
  admittedBy: z.string(),
  admittedAt: wire.instant,
  /** Null while it waits for its place in the log. */
  admittedIndex: z.int().nullable(),
  revokedAt: wire.instant.nullable(),
  revokedIndex: z.int().nullable(),
  from: z.int().nullable(),
  why: z.string().nullable(),
  sealed: z.int(),
  isHouse: z.boolean(),
});
const items = z.object({ items: z.array(producerKey) });

export const producerApi = {
  producers: route({
    method: 'GET',
    path: '/v1/log/producers',
    summary: 'Who may seal batches of the log, with which keys, since and until when; each is said in the log itself',
    may: 'record.see',
    reply: items,
  }),
  admitProducer: route({
    method: 'POST',
    path: '/v1/log/producers',
    summary: 'Let a key seal batches of the log: of a new producer, or the next key of one',
    may: 'record.produce',
    body: z.strictObject({ vkey }),
    reply: items,
  }),
  revokeProducer: route({
    method: 'POST',
    path: '/v1/log/producers/revoke',
    summary: 'End a key; `from` names the first event it is not to be believed for, when it was in wrong hands before',
    may: 'record.produce',
    body: z.strictObject({ vkey, why: z.string().trim().min(3).max(200), from: z.int().min(0).optional() }),
    reply: items,
  }),
};

/** It waits for the sequencer, so it is no work of one transaction. */
export const batchApi = {
  takeBatch: route({
    method: 'POST',
    path: '/v1/log/batches',
    summary:
      'A batch that a producer has sealed: its events and, last, the seal, each as canonical JSON. The same batch again changes nothing',
    may: 'record.see',
    body: z.strictObject({ entries: z.array(z.string().min(2).max(65_535)).min(2).max(4001) }),
    reply: z.object({ index: z.int(), count: z.int(), size: z.int() }),
  }),
};
