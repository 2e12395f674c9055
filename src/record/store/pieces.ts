// Tiles and bundles in the database. Each batch adds what it made of them, so nothing is ever written twice and nothing changed;
// a tile is its pieces in a row, a partial one the beginning of that (docs/decisions/0041).
import { sql } from 'kysely';
import type { Database } from '#kernel';
import type { Grown, Tree } from '#record/log';
import { type Bytes, entriesIn, type Files, joined, type Tile, tilePath, WIDTH } from '#record/verify';

const HASH = 32;
/** As bundles of entries are numbered in `record.piece`. */
const ENTRIES = -1;

interface Piece {
  readonly level: number;
  readonly tile: number;
  readonly start: number;
  readonly count: number;
  readonly bytes: Bytes;
}

/** What a batch added to the tree `before`: of each file that it made or made wider only the new end. */
export function piecesOf(before: Tree, { tree, files }: Grown): Piece[] {
  const pieces: Piece[] = [];
  const cut = (level: number, was: number, is: number, openBytes: number, path: (tile: Tile) => string) => {
    for (let tile = Math.floor(was / WIDTH); tile * WIDTH < is; tile++) {
      const width = Math.min(WIDTH, is - tile * WIDTH);
      const start = Math.max(0, was - tile * WIDTH);
      const bytes = files.get(path({ level: level === ENTRIES ? 'entries' : level, index: tile, width }))!;
      pieces.push({ level, tile, start, count: width - start, bytes: bytes.subarray(start > 0 ? openBytes : 0) });
    }
  };
  const [was, is] = [before.range.size, tree.range.size];
  const open = before.open.reduce((sum, it) => sum + 2 + it.length, 0);
  cut(ENTRIES, was, is, open, tilePath);
  for (let level = 0; ; level++) {
    const size = WIDTH ** level;
    const [old, now] = [Math.floor(was / size), Math.floor(is / size)];
    if (now === 0) return pieces;
    if (now > old) cut(level, old, now, (old % WIDTH) * HASH, tilePath);
  }
}

export async function keepPieces(db: Database, pieces: readonly Piece[]): Promise<void> {
  for (let from = 0; from < pieces.length; from += 100) {
    const rows = pieces
      .slice(from, from + 100)
      .map((it) => sql`(${it.level}, ${it.tile}, ${it.start}, ${it.count}, ${Buffer.from(it.bytes)})`);
    await sql`insert into record.piece (level, tile, start, count, bytes) values ${sql.join(rows)}`.execute(db);
  }
}

/** The files of the log but for its checkpoint, by the paths of C2SP tlog-tiles. Any width that is there can be asked for. */
export const filesIn =
  (db: Database): Files =>
  async (path) => {
    const tile = tileAt(path);
    return tile === undefined ? undefined : await tileIn(db, tile);
  };

async function tileIn(db: Database, tile: Tile): Promise<Bytes | undefined> {
  const level = tile.level === 'entries' ? ENTRIES : tile.level;
  const { rows } = await sql<{ count: number; bytes: Buffer }>`select count, bytes from record.piece
    where level = ${level} and tile = ${tile.index} and start < ${tile.width} order by start`.execute(db);
  const count = rows.reduce((sum, it) => sum + it.count, 0);
  if (count < tile.width) return undefined;
  const bytes = joined(...rows.map((it) => it.bytes));
  if (count === tile.width) return bytes;
  if (tile.level !== 'entries') return bytes.slice(0, HASH * tile.width);
  const wanted = entriesIn({ ...tile, width: count }, bytes).slice(0, tile.width);
  return bytes.slice(
    0,
    wanted.reduce((sum, it) => sum + 2 + it.length, 0),
  );
}

/** The tile of a path as `tilePath` writes it; there is one spelling of each. */
export function tileAt(path: string): Tile | undefined {
  const [, level, digits, width] =
    /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
  if (level === undefined || digits === undefined) return undefined;
  const index = Number(digits.replaceAll(/[x/]/g, ''));
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index,
    width: width === undefined ? WIDTH : Number(width),
  };
  const isOne = Number.isSafeInteger(index) && (width === undefined || tile.width < WIDTH) && tilePath(tile) === path;
  return isOne ? tile : undefined;
}
