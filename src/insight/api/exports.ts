// Lists as files. The same filters and the same reach as the list that is on the screen. Browser-safe.
import { z } from 'zod';
import { route } from '#kernel/api';

export const exportTables = [
  'stations',
  'packs',
  'swaps',
  'drivers',
  'vehicles',
  'tokens',
  'devices',
  'accounts',
  'transfers',
  'anomalies',
  'messages',
] as const;
export type ExportTable = (typeof exportTables)[number];

export const exportFormats = ['csv', 'xlsx', 'parquet'] as const;

/** A sheet has no more rows than this with its header (Excel's limit). Beyond, take CSV or Parquet. */
export const XLSX_MOST_ROWS = 1_048_575;

export const exportsApi = {
  table: route({
    method: 'GET',
    path: '/v1/exports/:table',
    summary:
      'A whole list as a file: CSV (UTF-8 with BOM), XLSX (at most 1,048,575 rows) or Parquet; takes the filters of the list',
    may: 'signed-in',
    params: z.object({ table: z.enum(exportTables) }),
    /** And the filters of the list; `transfers` needs `account`, `messages` needs `station`. */
    query: z.looseObject({ format: z.enum(exportFormats).default('csv') }),
    reply: z.string(),
    files: [
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.apache.parquet',
    ],
  }),
};
