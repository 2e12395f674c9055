// The log as anybody reads it: files at fixed addresses, as C2SP tlog-tiles says. `packloop mirror` and every other reader of
// such logs work with it.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Door, demand, noSuchPage } from '#kernel';
import { WIDTH } from '#record/verify';
import type { Keeper } from './keeper.ts';
import { filesIn, tileAt } from './pieces.ts';
import { producerKeys } from './producers.ts';

interface Place {
  readonly open: () => Keeper;
  /** Else only who may see the records of the whole network. */
  readonly isPublic: boolean;
}

export function serveLog({ http, doWork, identify }: Door, { open, isPublic }: Place): void {
  const text = (reply: FastifyReply, body: string | Uint8Array) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('access-control-allow-origin', '*')
      .send(typeof body === 'string' ? body : Buffer.from(body));

  const mayRead = async (request: FastifyRequest) => {
    if (isPublic) return;
    const reach = demand(await identify(request), 'record.see');
    if (!reach.all) demand({ name: '', kind: 'key', grants: {} }, 'record.see');
  };

  http.get('/log/checkpoint', async (request, reply) => {
    const shown = await open().cosigning.published();
    return shown === undefined ? noSuchPage(request, reply) : text(reply, shown.checkpoint);
  });
  http.get('/log/policy', async (_, reply) => text(reply, open().council.text));
  // All that ever counted: a receipt of before a rotation holds by the key of then. Which counts where, the log itself says.
  http.get('/log/producers', async (_, reply) => {
    open();
    const keys = await doWork(producerKeys);
    return text(reply, keys.map((it) => `${it.vkey}\n`).join(''));
  });
  // What the next event about a subject has to name as the one before it: for producers elsewhere.
  http.get('/log/heads/:subject', async (request, reply) => {
    const log = open();
    await mayRead(request);
    const { subject } = request.params as { subject: string };
    const { found, size } = await log.writer.headOf(subject);
    const told = { subject, count: found?.head.count ?? 0, head: found?.head.head ?? null, size };
    return reply.header('cache-control', 'no-cache').header('access-control-allow-origin', '*').send(told);
  });
  http.get('/log/tile/*', async (request, reply) => {
    open();
    await mayRead(request);
    const path = new URL(request.url, 'http://log').pathname.slice('/log/'.length);
    const tile = tileAt(path);
    const bytes = tile && (await doWork((work) => filesIn(work.db)(path)));
    if (bytes === undefined) return noSuchPage(request, reply);
    // What was published never changes; a partial tile is of no use to anybody once the whole one is there.
    const isWhole = tile!.width === WIDTH;
    return reply
      .type('application/octet-stream')
      .header('cache-control', isWhole ? 'public, max-age=31536000, immutable' : 'public, max-age=60')
      .header('access-control-allow-origin', '*')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(bytes));
  });
}
