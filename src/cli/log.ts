// packloop log: keys with which batches of the log are sealed, the house's own and those of producers elsewhere.
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { producerKeys, rotateHouse } from '#record';
import { batchOf, type Draft } from '#record/log';
import { type Head, HeadMap, readEntry, textOf } from '#record/verify';
import { secretAt } from '../openRecord.ts';
import { textIn } from './files.ts';
import { keyFile, keyIn, type Making } from './keyFile.ts';
import { type Common, withApp, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';
import { leaveOwnTrail } from './trail.ts';

/** Makes a key for a producer. Its secret half stays in the file. */
export async function makeKey({ name, out, sm2, json }: Common & Making): Promise<void> {
  const vkey = await keyFile({ name, out, sm2 });
  say(json === true, { name, out, vkey }, () => `Secret in ${out}. To be admitted: ${vkey}`);
}

export const listKeys = (options: Common): Promise<void> =>
  withNetwork(options, async (app) => {
    const keys = await app.doWork(producerKeys);
    say(options.json === true, { items: keys }, () =>
      keys
        .map(({ vkey, sealed, admittedAt, revokedAt, why }) =>
          [
            vkey,
            `  since ${admittedAt}, ${sealed} events`,
            ...(revokedAt ? [`  ended ${revokedAt}: ${why}`] : []),
          ].join('\n'),
        )
        .join('\n'),
    );
  });

/** The house goes on with its next key, from its next batch on; the server may run meanwhile. */
export const rotate = (options: Common & { why: string }): Promise<void> =>
  withApp(options, async (app, config) => {
    const secret = secretAt(config);
    if (secret === undefined)
      throw new Failed('The secret of the log is not here: name its folder by DATA_DIR', { code: 2 });
    const name = await app.doWork(async (work) => {
      const next = await rotateHouse(work, secret, options.why, 'command line');
      await leaveOwnTrail(work, 'log rotate', { name: next });
      return next;
    });
    say(options.json === true, { name }, () => `From its next batch on the house seals as ${name}.`);
  });

interface Sealing extends Common {
  readonly keyFile: string;
  readonly log: string;
  /** How many events this producer has sealed before. */
  readonly first: number;
  /** JSON: where each subject stands, as GET /log/heads/<subject> answers. */
  readonly heads?: string;
  readonly out?: string;
}

/** Seals events from a file of one JSON object a line (subject, type, at, commitments): a body for POST /v1/log/batches. */
export async function seal(file: string, { keyFile, log, first, heads, out }: Sealing): Promise<void> {
  const key = await keyIn(keyFile);
  const drafts = draftsIn(file);
  const map = new HeadMap();
  const known = heads === undefined ? [] : headsIn(heads);
  await map.set(known.filter((it) => it.head !== null).map((it) => ({ ...it, index: it.index ?? 0 }) as Head));
  const standing = { origin: log, size: 0, heads: map, events: 0, seq: first };
  const { entries } = await batchOf(
    standing,
    key,
    drafts.map((it) => it.draft),
  );
  for (const [n, { line }] of drafts.entries())
    try {
      readEntry(entries[n]!);
    } catch (error) {
      throw new Failed(`${file}, line ${line}: ${(error as Error).message}`, { code: 2 });
    }
  // The last entry are the heads, which the log tells itself.
  const body = JSON.stringify({ entries: entries.slice(0, -1).map((it) => textOf(it)) });
  if (out === undefined) process.stdout.write(`${body}\n`);
  else writeFileSync(out, body);
}

const draft = z.strictObject({
  subject: z.string(),
  type: z.string(),
  at: z.string(),
  commitments: z.array(z.strictObject({ to: z.string(), digest: z.string() })),
});

/** Each with its line. @throws Failed */
function draftsIn(file: string): { line: number; draft: Draft }[] {
  const found = textIn(file)
    .split('\n')
    .flatMap((text, n) =>
      text.trim() === '' ? [] : [{ line: n + 1, draft: jsonIn(text, draft, `${file}, line ${n + 1}`) }],
    );
  if (found.length === 0) throw new Failed(`${file} has no events`, { code: 2 });
  return found;
}

const standing = z.looseObject({
  subject: z.string(),
  count: z.int(),
  head: z.string().nullable(),
  index: z.int().optional(),
});

const headsIn = (file: string) => jsonIn(textIn(file), z.array(standing), file);

function jsonIn<T>(text: string, schema: z.ZodType<T>, where: string): T {
  let it: unknown;
  try {
    it = JSON.parse(text);
  } catch {
    throw new Failed(`${where} is no JSON`, { code: 2 });
  }
  const read = schema.safeParse(it);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Failed(`${where}: ${issue!.path.join('.') || 'it'}: ${issue!.message}`, { code: 2 });
}
