// What the sequencer keeps in mind between batches: the growing edge of the tree and the map of heads. All of it is in the
// tables, too; a start, or another process that wrote meanwhile, brings it up to date from there.
import { hash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database, Work } from '#kernel';
import { emptyTree, type Tree, treeIn } from '#record/log';
import {
  base64,
  type Event,
  entriesIn,
  type Head,
  HeadMap,
  leafHashes,
  readEntry,
  tilePath,
  WIDTH,
} from '#record/verify';
import { filesIn } from './pieces.ts';

/** Where the log stands, as its one row says. */
interface Stand {
  readonly size: number;
  /** `record.head` is at least as new as after so many entries. */
  readonly headsThrough: number;
}

/** Where a batch that is being committed will bring the memory. */
interface Meant {
  readonly size: number;
  readonly tree: Tree;
  readonly events: readonly Event[];
}

/** So many heads are read, or written, before others have their turn. */
const PIECE = 5_000;
/** So many entries after the last time, heads are written down: a start then reads at most so many entries anew. */
const EVERY = 50_000;

export class Memory {
  heads = new HeadMap();
  tree: Tree = emptyTree;
  #meant: Meant | undefined;
  /** Entries that this memory knows of; undefined when it must be made anew. */
  #size: number | undefined;
  #headsThrough = 0;
  #touched = new Set<string>();

  /** Brings the memory to where the log stands. */
  async catchUp(db: Database, stand: Stand): Promise<void> {
    if (this.#size === stand.size) return;
    const files = filesIn(db);
    if (this.#size === undefined || this.#size > stand.size) {
      this.heads = new HeadMap();
      this.#touched.clear();
      this.#headsThrough = stand.headsThrough;
      await this.#readHeads(db);
      this.#size = stand.headsThrough;
    }
    await this.#replay(db, this.#size, stand.size);
    this.tree = await treeIn(files, stand.size);
    this.#size = stand.size;
  }

  /** Brings the memory to where the log stands now. @returns its size */
  async refresh(db: Database): Promise<number> {
    const { rows } = await sql<Stand>`select size, heads_through from record.sequencer`.execute(db);
    const stand = rows[0] ?? { size: 0, headsThrough: 0 };
    await this.catchUp(db, stand);
    return stand.size;
  }

  /** A batch is about to move the heads on: until it is committed nobody knows whether it did. */
  unsure(): void {
    this.#size = undefined;
    this.#meant = undefined;
  }

  /** The batch is written but not committed. */
  meant(it: Meant): void {
    this.#meant = it;
  }

  /** What was meant is committed. */
  sure(): void {
    if (this.#meant === undefined) return;
    const { size, tree, events } = this.#meant;
    this.#meant = undefined;
    this.#size = size;
    this.tree = tree;
    for (const it of events) this.#touched.add(it.subject);
  }

  /** Whether so much was written that a start would take long. */
  get isDue(): boolean {
    return this.#size !== undefined && this.#size - this.#headsThrough >= EVERY && this.#touched.size > 0;
  }

  /** Writes down some of the heads that changed. Each is at least as new as the size that is noted when all are written. */
  async writeHeads(work: Work): Promise<void> {
    const some = [...this.#touched.values().take(PIECE)];
    const rows = some.map((it) => {
      const { subject, count, head, index } = this.heads.get(it)!;
      return { key: hash('sha256', subject), subject, count, head, index };
    });
    await sql`insert into record.head (key, subject, count, head, index)
      select decode(key, 'hex'), subject, count, decode(head, 'base64'), index
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(key text, subject text, count bigint, head text, index bigint)
      on conflict (key) do update set count = excluded.count, head = excluded.head, index = excluded.index`.execute(
      work.db,
    );
    for (const it of some) this.#touched.delete(it);
    if (this.#touched.size > 0) return;
    this.#headsThrough = this.#size!;
    await sql`update record.sequencer set heads_through = greatest(heads_through, ${this.#size!})`.execute(work.db);
  }

  /** In the order of the map, so that each piece is hashed once and together. */
  async #readHeads(db: Database): Promise<void> {
    for (let after: Buffer = Buffer.alloc(0); ; ) {
      const { rows } = await sql<{ subject: string; count: number; head: Buffer; index: number; key: Buffer }>`
        select * from record.head where key > ${after} order by key limit ${PIECE}`.execute(db);
      if (rows.length === 0) return;
      await this.heads.set(
        rows.map(({ subject, count, head, index }) => ({ count, head: base64(head), index, subject })),
      );
      await this.heads.root();
      after = rows.at(-1)!.key;
      await breathe();
    }
  }

  /** From the entries themselves. Heads that were written down later than `from` stay as they are. */
  async #replay(db: Database, from: number, to: number): Promise<void> {
    const files = filesIn(db);
    for (let tile = Math.floor(from / WIDTH); tile * WIDTH < to; tile++) {
      const bundle = { level: 'entries', index: tile, width: Math.min(WIDTH, to - tile * WIDTH) } as const;
      const bytes = await files(tilePath(bundle));
      if (bytes === undefined) throw new Error(`${tilePath(bundle)} is not in the database: the log is damaged`);
      const entries = entriesIn(bundle, bytes);
      const leaves = await leafHashes(entries);
      const changed = new Map<string, Head>();
      for (const [n, it] of entries.entries()) {
        const index = tile * WIDTH + n;
        if (index < from) continue;
        const entry = readEntry(it);
        if (entry.kind !== 'event') continue;
        const { subject } = entry.event;
        const before = changed.get(subject) ?? this.heads.get(subject);
        this.#touched.add(subject);
        if (before !== undefined && before.index >= index) continue;
        changed.set(subject, { count: (before?.count ?? 0) + 1, head: base64(leaves[n]!), index, subject });
      }
      await this.heads.set([...changed.values()]);
      if (tile % 64 === 63) {
        await this.heads.root();
        await breathe();
      }
    }
  }
}
