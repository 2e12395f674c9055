// What the server shows beside the API: its health, its contract, the pages.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import { enquiryApi, enquiryByHand } from '#enquiry/api';
import { erasureApi } from '#erasure/api';
import { certificateApi, exchangeApi, handoverApi } from '#exchange/api';
import { gradeApi, riskApi } from '#health/api';
import {
  auditApi,
  bookReads,
  consoleApi,
  exportsApi,
  fittingReads,
  insightApi,
  liveApi,
  mapApi,
  packReads,
  peopleReads,
  profitReads,
  reportReads,
  shareReads,
  stationReads,
  swapReads,
} from '#insight/api';
import { noSuchPage, openApi, replyWithProblem } from '#kernel';
import { packApi, titleApi } from '#pack/api';
import { scopesFor } from '#party';
import { memberApi, partyApi } from '#party/api';
import { passportApi } from '#passport/api';
import { batchApi, producerApi, proofApi, recordApi } from '#record/api';
import { stationApi } from '#station/api';
import { swapApi } from '#swap/api';
import { batteryDist, consoleDist, liveDist, verifyDist } from '../web/paths.ts';
import { explainProblem } from './problems.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const version: string = JSON.parse(await readFile(here('../package.json'), 'utf8')).version;

/** Every contract by the room that keeps it, in the order a reader wants. */
export const apis = {
  network: { ...insightApi, ...liveApi, ...consoleApi },
  map: mapApi,
  swap: { ...swapApi, ...swapReads },
  station: { ...stationApi, ...stationReads },
  pack: { ...packApi, ...titleApi, ...packReads, ...shareReads },
  health: { ...gradeApi, ...riskApi },
  handover: { ...handoverApi, ...certificateApi },
  passport: passportApi,
  enquiry: { ...enquiryApi, ...enquiryByHand },
  regulator: { ...reportReads, ...exchangeApi },
  compatibility: fittingReads,
  party: { ...partyApi, ...peopleReads, ...memberApi },
  ledger: { ...bookReads, ...profitReads },
  files: exportsApi,
  record: { ...recordApi, ...proofApi, ...producerApi, ...batchApi },
  erasure: erasureApi,
  audit: auditApi,
};

export function servePages(http: FastifyInstance, { pool, registry }: { pool: Pool; registry: Registry }): void {
  http.get('/healthz', async () => ({ status: 'up', version }));
  http.get('/readyz', async (_, reply) => {
    const why = await notReady(pool);
    return reply.code(why ? 503 : 200).send(why ? { status: 'not ready', why } : { status: 'ready' });
  });
  http.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));

  let contract: object | undefined;
  http.get('/openapi.json', async () => (contract ??= openApi('Packloop', version, apis, scopesFor)));
  http.get('/docs', (_, reply) => reply.redirect('/docs/'));
  http.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const explained = explainProblem(request.params.code);
    if (!explained) return reply.callNotFound();
    if (!request.headers.accept?.includes('text/html')) return explained;
    return reply.type('text/html').send(problemPage(explained));
  });

  serveFolder(http, here('../web/docs'), '/docs/');
  serveConsole(http);
  http.get('/battery', (_, reply) => reply.redirect('/battery/'));
  serveFolder(http, batteryDist, '/battery/');
  serveVerifier(http);
  serveFolder(http, liveDist, '/');
}

/** To be kept: whoever checks a network does it without that network. */
function serveVerifier(http: FastifyInstance): void {
  const file = `${verifyDist}/index.html`;
  if (!existsSync(file)) return;
  http.get('/packloop-verifier.html', async (_, reply) =>
    reply
      .header('content-disposition', 'attachment; filename="packloop-verifier.html"')
      .type('text/html')
      .send(await readFile(file)),
  );
}

/** Serves a folder of files when it is there: the pages are built from `web/` when a demo starts. */
function serveFolder(http: FastifyInstance, root: string, prefix: string): void {
  if (!existsSync(root)) return;
  http.register(async (inner) => {
    const { default: fastifyStatic } = await import('@fastify/static');
    inner.setErrorHandler(notThere);
    await inner.register(fastifyStatic, { root, prefix, decorateReply: false, redirect: false, preCompressed: true });
  });
}

/** An address that can name no file of a folder, such as `//v1/drivers`, is none of ours. */
const notThere = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
  error.statusCode === 403 ? noSuchPage(request, reply) : replyWithProblem(error, request, reply);

/** The console's addresses are its own: each is the same page, which reads from the address what to show. */
function serveConsole(http: FastifyInstance): void {
  http.get('/console', (_, reply) => reply.redirect('/console/'));
  if (!existsSync(consoleDist)) return;
  http.register(
    async (inner) => {
      const { default: fastifyStatic } = await import('@fastify/static');
      inner.setErrorHandler(notThere);
      await inner.register(fastifyStatic, {
        root: consoleDist,
        prefix: '/',
        redirect: false,
        preCompressed: true,
        cacheControl: false,
        // The names of built files hold a hash of what is in them; the page names them and must be fresh.
        setHeaders: (reply, path) =>
          void reply.header(
            'cache-control',
            path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          ),
      });
      inner.setNotFoundHandler((request, reply) =>
        request.url.startsWith('/console/assets/') ? noSuchPage(request, reply) : reply.sendFile('index.html'),
      );
    },
    { prefix: '/console' },
  );
}

/** Why the server should get no traffic yet; nothing when it should. */
async function notReady(pool: Pool): Promise<string | undefined> {
  const files = (await readdir(here('../db/migrations'))).filter((it) => it.endsWith('.sql'));
  try {
    const { rows } = await pool.query<{ name: string }>('select name from kernel.migration');
    const done = new Set(rows.map((it) => it.name));
    const todo = files.filter((it) => !done.has(it));
    return todo.length > 0 ? `${todo.length} migrations have not run` : undefined;
  } catch {
    return 'the database does not answer';
  }
}

function problemPage({ code, status, means, remedy }: NonNullable<ReturnType<typeof explainProblem>>): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${code}</title>
<style>body{font:16px/1.6 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem;color:#1c2430}code{color:#0a7a5a}
small{color:#667}</style><h1><code>${code}</code></h1><p>${means}</p><p>${remedy}</p>
<small>HTTP ${status} · problem+json (RFC 9457) · <a href="/docs/">API</a></small></html>`;
}
