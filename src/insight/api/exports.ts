// Lists as files. The same filters and the same reach as the list that is on the screen. Browser-safe.
import { z } from 'zod';
import { type May, route } from '#kernel/api';

/** Every list that can be had as a file, and what its reader must be allowed: as on the screen. */
export const exportMay = {
  stations: 'network.see',
  packs: 'pack.see',
  swaps: 'swap.see',
  drivers: 'person.see',
  vehicles: 'person.see',
  tokens: 'person.see',
  devices: 'station.see',
  accounts: 'ledger.see',
  transfers: 'ledger.see',
  anomalies: 'station.see',
  messages: 'station.operate',
  slots: 'station.see',
  'pack-health': 'pack.see',
  'pack-charges': 'pack.see',
  grades: 'pack.see',
  'pack-grades': 'pack.see',
  'linked-transfers': 'ledger.see',
  'swap-transfers': 'swap.see',
  parties: 'member.manage',
  members: 'member.manage',
  invitations: 'member.manage',
  keys: 'key.manage',
  trail: 'trail.see',
  'pack-models': 'anyone',
  'vehicle-models': 'anyone',
  'station-presets': 'anyone',
  invariants: 'audit.see',
  violations: 'audit.see',
  reports: 'record.see',
  licences: 'record.see',
  'missing-packs': 'pack.see',
  profit: 'ledger.see',
  shares: 'pack.see',
  'title-keys': 'member.manage',
} as const satisfies Record<string, May>;
export type ExportTable = keyof typeof exportMay;
export const exportTables = Object.keys(exportMay) as ExportTable[];

export const exportFormats = ['csv', 'xlsx', 'parquet'] as const;

/** A sheet has no more rows than this with its header (Excel's limit). Beyond, take CSV or Parquet. */
export const XLSX_MOST_ROWS = 1_048_575;

/** A file of some rows names at most so many of them: more do not fit into an address. */
export const EXPORT_MOST_NAMED = 200;

/**
 * Only these rows, by their ids (slots by their numbers), with commas between: for whoever has chosen among the rows himself.
 * Known to `stations`, `anomalies`, `slots`, `keys`, the three of the catalogue and `invariants`.
 */
export const exportOnly = z
  .string()
  .max(10_000)
  .transform((it) => it.split(','))
  .refine((it) => it.length <= EXPORT_MOST_NAMED, `at most ${EXPORT_MOST_NAMED} rows can be named`);

export const exportsApi = {
  table: route({
    method: 'GET',
    path: '/v1/exports/:table',
    summary:
      'A whole list as a file: CSV (UTF-8 with BOM), XLSX (at most 1,048,575 rows) or Parquet; takes the filters of the list, or `only`: ids of rows',
    may: 'signed-in',
    params: z.object({ table: z.enum(exportTables) }),
    /**
     * And the filters of the list, none besides; `transfers` needs `account`, `messages` and `slots` need `station`,
     * `pack-health`, `pack-charges` and `pack-grades` need `pack`, `linked-transfers` needs `transfer`, `swap-transfers` needs
     * `swap`; `grades` takes the filters of `packs`.
     */
    query: z.looseObject({ format: z.enum(exportFormats).default('csv') }),
    reply: z.string(),
    files: [
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.apache.parquet',
    ],
  }),
};
