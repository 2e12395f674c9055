// The contract of shares: in which packs an organisation has how much, and by which keys it signs. Browser-safe.
import { z } from 'zod';
import { listOf, pageQuery, route, searchText } from '#kernel/api';
import { wire } from '#units/api';

/** What may stand in the way of a share, or asks something of its owner. */
export const shareMatters = ['pledged', 'let', 'offered', 'voted'] as const;

export const shareFilters = {
  party: wire.partyId.optional(),
  matter: z.enum(shareMatters).optional(),
  /** Part of the code of a pack, or of the id or name of its owner. */
  search: searchText.optional(),
};

export const share = z.object({
  code: wire.packCode,
  model: z.string(),
  party: wire.partyId,
  name: z.string().nullable(),
  millionths: z.int(),
  /** How much of it a lender must agree to let go. */
  pledged: z.int(),
  /** How many own the pack with it. */
  others: z.int(),
  /** Who rents the pack. */
  lessee: wire.partyId.nullable(),
  /** Shares of the pack that are offered, and votes on it that are open. */
  offers: z.int(),
  votes: z.int(),
});

export const titleKey = z.object({
  party: wire.partyId,
  name: z.string().nullable(),
  /** Verifier key: name+id+base64. */
  key: z.string(),
  since: wire.instant,
  /** From then on nothing that it signs counts; what it signed before stands. */
  endedAt: wire.instant.nullable(),
});

export const shareReads = {
  shares: route({
    method: 'GET',
    path: '/v1/title/shares',
    summary:
      'Shares of packs that organisations within reach have, by pack; with what is pledged, let, offered and voted on',
    may: 'pack.see',
    query: pageQuery.extend(shareFilters),
    reply: listOf(share),
  }),
  titleKeys: route({
    method: 'GET',
    path: '/v1/title/keys',
    summary: 'With which keys organisations within reach sign acts of title, and with which they did',
    may: 'member.manage',
    query: pageQuery,
    reply: listOf(titleKey),
  }),
};
