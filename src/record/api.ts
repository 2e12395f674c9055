// The contract of the record. Plain data, browser-safe.
import { z } from 'zod';
import { pageOf, pageQuery, route } from '#kernel/api';
import { wire } from '#units/api';
import { subject } from './api/subject.ts';

export { batchApi, producerApi } from './api/producers.ts';

export const entry = z.object({
  seq: z.int(),
  at: wire.instant,
  subject: z.string(),
  type: z.string(),
  body: z.record(z.string(), z.unknown()),
});

/** Who may know a field: anybody, who has a legitimate interest, authorities, the operator. */
const accessClass = z.enum(['public', 'interest', 'authority', 'operator']);

/** How the chain stands to the log and to the register of title, as of the last look at it. */
export const chainStanding = z.object({
  chainId: z.int(),
  /** The newest tree of ours that stands there. */
  anchored: z.object({ size: z.int(), block: z.int() }).nullable(),
  /** The chain knows another history: `chain-ahead`, `other-root`. Nothing is anchored over it. */
  alarm: z.string().nullable(),
  /** Why the last look came to nothing: the chain cannot be asked, which says nothing of the log. */
  problem: z.string().nullable(),
  title: z.object({
    /** As of when chain and register were compared; null before the first time. */
    at: wire.instant.nullable(),
    packs: z.int(),
    /** Shares that are not the same in both, of the first twenty. */
    differences: z.array(
      z.object({
        pack: z.string(),
        holder: z.string().nullable(),
        address: z.string(),
        register: z.int(),
        chain: z.int(),
      }),
    ),
    /** Packs whose change the contract refused: something is frozen there. */
    held: z.int(),
    problem: z.string().nullable(),
  }),
});
export type ChainStanding = z.output<typeof chainStanding>;

export const recordApi = {
  chain: route({
    method: 'GET',
    path: '/v1/chain',
    summary: 'What of the log and of title stands on the chain; null where no chain is configured',
    may: 'audit.see',
    reply: z.object({ chain: chainStanding.nullable() }),
  }),
  history: route({
    method: 'GET',
    path: '/v1/record/:subject',
    summary: 'What happened to a pack, a swap or a station (pack:<code>, swap:<id>, station:<id>), oldest first',
    may: 'record.see',
    params: z.object({ subject }),
    query: pageQuery,
    reply: pageOf(entry),
  }),
  payloads: route({
    method: 'GET',
    path: '/v1/record/:subject/payloads',
    summary:
      'What was recorded of it, as it may leave the house: a disclosure for each entry and class of readers, sealed with AES-256-GCM',
    may: 'record.see',
    params: z.object({ subject }),
    query: pageQuery,
    reply: pageOf(z.object({ seq: z.int(), type: z.string(), to: accessClass, sealed: z.base64() })),
  }),
  keys: route({
    method: 'GET',
    path: '/v1/record/:subject/keys',
    summary: 'The keys that open the payloads of the classes which the caller belongs to',
    may: 'record.see',
    params: z.object({ subject }),
    reply: z.object({ items: z.array(z.object({ to: accessClass, key: z.base64() })) }),
  }),
};

/** Proofs wait for witnesses, so they are no work of one transaction. */
export const proofApi = {
  receipt: route({
    method: 'GET',
    path: '/v1/record/:subject/entries/:seq/receipt',
    summary:
      'A receipt (C2SP tlog-proof) of an entry with what the caller may know of it: `packloop verify receipt` checks it offline',
    may: 'record.see',
    params: z.object({ subject, seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    reply: z.string(),
    files: ['text/plain; charset=utf-8'],
  }),
  proof: route({
    method: 'GET',
    path: '/v1/record/:subject/proof',
    summary: 'All events of it with the proof that none is left out: `packloop verify history` checks it offline',
    may: 'record.see',
    params: z.object({ subject }),
    reply: z.object({
      head: z.object({ subject: z.string(), count: z.int(), head: z.base64(), index: z.int() }),
      path: z.array(z.base64()),
      receipt: z.string(),
      events: z.array(z.string()),
    }),
  }),
};
