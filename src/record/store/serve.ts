// The log as files at fixed addresses, as C2SP tlog-tiles says: checkpoints and tiles of hashes for everybody, entries for parties that
// were given a key for it (docs/decisions/0041). `packloop mirror` and every other reader of such logs work with it.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Door, demand, noSuchPage } from '#kernel';
import { WIDTH } from '#record/verify';
import type { Keeper } from './keeper.ts';
import { filesIn, tileAt } from './pieces.ts';
import { type ProducerKey, producerKeys } from './producers.ts';

interface Place {
  readonly open: () => Keeper;
  /** Whether anybody may fetch the tiles of hashes; entries are for those alone who may copy the log. */
  readonly isPublic: boolean;
}

export function serveLog({ http, doWork, identify }: Door, { open, isPublic }: Place): void {
  const text = (reply: FastifyReply, body: string | Uint8Array) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('access-control-allow-origin', '*')
      .send(typeof body === 'string' ? body : Buffer.from(body));

  // Whose eyes pass over all entries sees which pack came back and which went out a moment later, and so follows vehicles.
  const demandMirror = async (request: FastifyRequest) => void demand(await identify(request), 'record.mirror');

  http.get('/log/checkpoint', async (request, reply) => {
    const shown = await open().cosigning.published();
    return shown === undefined ? noSuchPage(request, reply) : text(reply, shown.checkpoint);
  });
  http.get('/log/policy', async (_, reply) => text(reply, open().council.text));
  // All that ever counted: a receipt of before a rotation holds by the key of then. Which counts where, the log itself says; who reads
  // only this file is told by a comment, which every reader of such files passes over.
  http.get('/log/producers', async (_, reply) => {
    open();
    const keys = await doWork(producerKeys);
    return text(reply, keys.map((it) => `${revokedLine(it)}${it.vkey}\n`).join(''));
  });
  // What the next event about a subject has to name as the one before it: for producers elsewhere.
  http.get('/log/heads/:subject', async (request, reply) => {
    const log = open();
    const caller = await identify(request);
    // Who asks this again and again sees when something happens to a pack.
    demand(caller, caller.grants['record.mirror'] ? 'record.mirror' : 'record.produce');
    const { subject } = request.params as { subject: string };
    const { found, size } = await log.writer.headOf(subject);
    const told = { subject, count: found?.head.count ?? 0, head: found?.head.head ?? null, size };
    return reply.header('cache-control', 'no-cache').header('access-control-allow-origin', '*').send(told);
  });
  http.get('/log/tile/*', async (request, reply) => {
    open();
    const path = new URL(request.url, 'http://log').pathname.slice('/log/'.length);
    const tile = tileAt(path);
    // Tiles of hashes tell nothing but how much there is.
    const isOpen = isPublic && tile !== undefined && tile.level !== 'entries';
    if (!isOpen) await demandMirror(request);
    const bytes = tile && (await doWork((work) => filesIn(work.db)(path)));
    if (bytes === undefined) return noSuchPage(request, reply);
    // What was published never changes; a partial tile is of no use to anybody once the whole one is there.
    const isWhole = tile!.width === WIDTH;
    return reply
      .type('application/octet-stream')
      .header('cache-control', `${isOpen ? 'public' : 'private'}, max-age=${isWhole ? '31536000, immutable' : '60'}`)
      .header('access-control-allow-origin', '*')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(bytes));
  });
}

/** Not why: that is somebody's free text, and for those who may read the log. */
const revokedLine = ({ revokedAt, from }: ProducerKey): string =>
  revokedAt === null
    ? ''
    : `# The key on the next line was revoked at ${revokedAt}. Believe it for the events of its producer before number ${from}, and for nothing later.\n`;
