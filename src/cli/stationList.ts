// A list of stations as somebody else keeps it: a CSV file whose columns go by many names.
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const columns = {
  id: ['station_id', 'stationid', 'id', 'code'],
  name: ['name', 'station_name', 'title'],
  latitude: ['latitude', 'lat', 'la'],
  longitude: ['longitude', 'lon', 'lng', 'long'],
  /** How many vehicles can be served at once: tells how large the station is. */
  chargers: ['charge_count', 'count', 'chargers', 'piles'],
} as const;
type Column = keyof typeof columns;
const needed: readonly Column[] = ['id', 'latitude', 'longitude'];

const degrees = (most: number) => {
  const must = `must be a number from ${-most} to ${most}`;
  const value = z.number(must).min(-most, must).max(most, must);
  return z.string().trim().min(1, 'is empty').transform(Number).pipe(value);
};
const count = z
  .string()
  .trim()
  .transform(Number)
  .pipe(z.number('must be a whole number').int('must be a whole number').min(0));
const Row = z.object({
  id: z
    .string()
    .trim()
    .regex(/^(?!\.{1,2}$)[\x21-\x7e]{1,48}$/, 'must be 1 to 48 characters without blanks, as in an OCPP address'),
  name: z.string().trim().max(200).optional(),
  latitude: degrees(90),
  longitude: degrees(180),
  chargers: count.optional(),
});

export type ListedStation = z.infer<typeof Row>;

/** What is wrong, where: `line 14, longitude: must be …`. */
export interface Issue {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
}

/** All rows, or what is wrong with any of them. */
export type ReadList =
  | { readonly ok: true; readonly stations: readonly ListedStation[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export function readStationList(text: string): ReadList {
  const rows = cells(text);
  if (!Array.isArray(rows)) return { ok: false, issues: [rows] };
  const [head, ...body] = rows;
  if (!head) return { ok: false, issues: [{ line: 1, field: '(whole)', problem: 'the file is empty' }] };
  const at = placesOf(head.record);
  const missing = needed.filter((it) => at[it] === undefined);
  if (missing.length > 0)
    return {
      ok: false,
      issues: missing.map((it) => ({ line: 1, field: it, problem: `no column ${columns[it].join(', ')}` })),
    };
  if (body.length === 0) return { ok: false, issues: [{ line: 2, field: '(whole)', problem: 'the list is empty' }] };

  const issues: Issue[] = [];
  const lineOf = new Map<string, number>();
  const stations = body.flatMap(({ record, line }): ListedStation[] => {
    const cells = Object.entries(at).map(([column, index]) => [column, record[index]] as const);
    const read = Row.safeParse(Object.fromEntries(cells.filter(([, cell]) => cell !== undefined)));
    if (!read.success) {
      issues.push(...read.error.issues.map((it) => ({ line, field: it.path.join('.'), problem: it.message })));
      return [];
    }
    const before = lineOf.get(read.data.id);
    if (before !== undefined)
      issues.push({ line, field: 'id', problem: `${read.data.id} stands in line ${before} already` });
    lineOf.set(read.data.id, line);
    return [read.data];
  });
  return issues.length > 0 ? { ok: false, issues } : { ok: true, stations };
}

interface Cells {
  readonly record: readonly string[];
  readonly line: number;
}

function cells(text: string): Cells[] | Issue {
  try {
    const rows = parse(text, { bom: true, skipEmptyLines: true, info: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    const { message, lines } = error as { message: string; lines?: number };
    return { line: lines ?? 1, field: '(whole)', problem: message };
  }
}

/** Where each column is, by any of its names, in any case. */
function placesOf(head: readonly string[]): Partial<Record<Column, number>> {
  const names = head.map((it) => it.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, known]) => {
      const index = names.findIndex((it) => (known as readonly string[]).includes(it));
      return index < 0 ? [] : [[column, index]];
    }),
  );
}
