// The contract of what is reported to the public, of licences and of packs that nobody finds: the lists. Browser-safe.
import { z } from 'zod';
import { licence, licenceScopes, missingPack, missingWhys, report, reportKinds, reportStates } from '#exchange/api';
import { listOf, pageQuery, route, searchText, yesOrNo } from '#kernel/api';
import { wire } from '#units/api';

export const reportFilters = {
  state: z.enum(reportStates).optional(),
  platform: z.string().max(64).optional(),
  kind: z.enum(reportKinds).optional(),
  station: wire.stationId.optional(),
  late: yesOrNo.optional(),
  /** Part of the code of a pack or the id of a station. */
  search: searchText.optional(),
};

export const licenceFilters = { scope: z.enum(licenceScopes).optional(), search: searchText.optional() };

export const missingFilters = { why: z.enum(missingWhys).optional(), search: searchText.optional() };

export const reportReads = {
  reports: route({
    method: 'GET',
    path: '/v1/regulator/reports',
    summary: 'Reports to public platforms, newest first: the queue, the receipts, what is late and what was rejected',
    may: 'record.see',
    query: pageQuery.extend(reportFilters),
    reply: listOf(report),
  }),
  licences: route({
    method: 'GET',
    path: '/v1/licences',
    summary: 'What organisations are licensed to do with packs',
    may: 'record.see',
    query: pageQuery.extend(licenceFilters),
    reply: listOf(licence),
  }),
  missing: route({
    method: 'GET',
    path: '/v1/missing-packs',
    summary: 'Packs that are not where they should be, newest first, and those that are called lost',
    may: 'pack.see',
    query: pageQuery.extend(missingFilters),
    reply: listOf(missingPack),
  }),
};
