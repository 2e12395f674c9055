// The log of a running network: written, cosigned, shown.
import { sql } from 'kysely';
import { type DoWork, Refused, type Work } from '#kernel';
import { verifierKey } from '#record/log';
import { accepted, base64, type Checkpoint, type Files, type Head, leafHash, readEntry } from '#record/verify';
import type { Hearing } from './apart.ts';
import type { AccessClass } from './classes.ts';
import { Cosigning, type Council, councilOf, type WitnessTold } from './cosign.ts';
import { entriesAt, foreignOf, standingOf } from './find.ts';
import { filesIn } from './pieces.ts';
import type { House, Placed } from './place.ts';
import { type HistoryProof, historyOf, receiptOf } from './prove.ts';
import { Sequencer, type Writer } from './sequencer.ts';

export interface Keeping {
  readonly doWork: DoWork;
  readonly house: House;
  /** Whoever writes, when it is not a sequencer in this thread. */
  readonly writer?: (hearing: Hearing) => Writer;
  /** C2SP tlog-policy: the witnesses and their quorum. */
  readonly policy?: string | undefined;
  readonly nowMs: () => number;
  /** Told after each batch. */
  readonly placed?: (placed: Placed) => void;
  /** What went wrong: the log goes on. */
  readonly failed: (error: unknown) => void;
  readonly witnessed: WitnessTold;
}

/** A log that is open in this process. */
export class Keeper {
  readonly house: House;
  readonly writer: Writer;
  readonly cosigning: Cosigning;
  readonly council: Council;
  readonly #doWork: DoWork;

  private constructor(keeping: Keeping, council: Council) {
    const { doWork, house, nowMs, failed, witnessed, placed, writer } = keeping;
    this.#doWork = doWork;
    this.house = house;
    this.council = council;
    const hearing = { failed, placed };
    this.writer = writer?.(hearing) ?? new Sequencer({ doWork, house, nowMs, ...hearing });
    this.cosigning = new Cosigning(doWork, council, witnessed);
  }

  /** @throws Unproven `malformed-policy` */
  static async of(keeping: Keeping): Promise<Keeper> {
    const own = await Promise.all(keeping.house.logKeys.map((it) => verifierKey(it, 'note')));
    return new Keeper(keeping, await councilOf(keeping.policy, own));
  }

  /** The log's files as they are published, for whoever proves that one tree grew out of another. */
  readonly files: Files = (path) => this.#doWork(({ db }) => filesIn(db)(path));

  /** The newest checkpoint that enough have signed; undefined while there is none. */
  async newest(): Promise<Checkpoint | undefined> {
    const shown = await this.cosigning.published();
    return shown && (await accepted(shown.checkpoint, this.council.policy)).checkpoint;
  }

  start(): void {
    this.writer.start();
    this.cosigning.start();
  }

  async end(): Promise<void> {
    await this.writer.end();
    await this.cosigning.end();
  }

  /** The receipt of one entry with what these classes may know of it. @throws Refused `entry-unknown`, `entry-not-placed` */
  async receipt(subject: string, seq: number, classes: readonly AccessClass[]): Promise<string> {
    const shown = await this.cosigning.published();
    return await this.#doWork(async (work) => {
      const [entry] = await standingOf(work.db, subject, { seq });
      if (entry === undefined || shown === undefined || entry.index >= shown.size)
        throw await notThere(work, subject, seq);
      return await receiptOf(work, this.house.secret, entry, shown, classes);
    });
  }

  /** How many events of the house the newest checkpoint counts of a subject; undefined when it knows nothing of it. */
  async counted(subject: string): Promise<number | undefined> {
    const { found, size } = await this.writer.headOf(subject);
    if (found === undefined) return undefined;
    const foreign = await this.#doWork((work) => foreignOf(work.db, subject, size));
    return found.head.count - foreign.length;
  }

  /** Where the history of a subject stands by the newest checkpoint; undefined when the log knows nothing of it. */
  async headOf(subject: string): Promise<Head | undefined> {
    return (await this.writer.headOf(subject)).found?.head;
  }

  /** Whether the history of the subject ever stood so in this log. */
  async hadHead({ subject, count, head, index }: Head): Promise<boolean> {
    const { found, size } = await this.writer.headOf(subject);
    if (found === undefined || index >= size || count > found.head.count) return false;
    return await this.#doWork(async ({ db }) => {
      const [bytes] = await entriesAt(db, [index]);
      const entry = readEntry(bytes!);
      if (entry.kind !== 'event' || entry.event.subject !== subject) return false;
      const own = await standingOf(db, subject, { size: index + 1, most: count + 1 });
      const isNth = own.length + (await foreignOf(db, subject, index + 1)).length === count;
      return isNth && base64(await leafHash(bytes!)) === head;
    });
  }

  /** The whole history of a subject with its proof. @throws Refused `record-unknown`, `log-not-cosigned` */
  async history(subject: string): Promise<HistoryProof> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { found, size } = await this.writer.headOf(subject);
      if (found === undefined)
        throw new Refused('record-unknown', `The log has nothing about ${subject}`, { subject }, 404);
      // The map of heads is that of the newest checkpoint, so that one is asked for.
      if ((await this.cosigning.published(size)) === undefined) await this.cosigning.round(size);
      const shown = await this.cosigning.published(size);
      if (shown !== undefined) return await this.#doWork((work) => historyOf(work, found, shown));
    }
    throw new Refused('log-not-cosigned', 'Not enough witnesses sign at the moment: ask again later', {}, 409);
  }
}

/** The log goes on while witnesses are asked; then the newer checkpoint is. */
const TRIES = 3;

async function notThere(work: Work, subject: string, seq: number): Promise<Refused> {
  const { rows } = await sql`select from record.entry where seq = ${seq} and subject = ${subject}`.execute(work.db);
  return rows.length === 0
    ? new Refused('entry-unknown', `${subject} has no entry ${seq}`, { subject, seq }, 404)
    : new Refused('entry-not-placed', 'This entry has no place in a published checkpoint yet', { subject, seq }, 409);
}
