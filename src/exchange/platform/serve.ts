// A public platform on HTTP that fails as real ones do. Not one that exists: no interface was public.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type SigningKey, signedNote, verifierKey } from '#record/log';
import type { Chance } from '#units';
import { receiptText } from '../receipt.ts';
import { type FaultKind, type Faults, faultNow } from './faults.ts';
import type { Inbox, Judged } from './inbox.ts';

export interface Serving {
  readonly inbox: Inbox;
  readonly key: SigningKey;
  readonly faults: () => Faults;
  readonly dice: Chance;
  readonly now: () => Temporal.Instant;
  /** Told of each request: for whoever watches. */
  readonly said?: (line: string) => void;
}

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_REPORTS = 500;
const Batch = z.strictObject({ reports: z.array(z.string().max(200_000)).min(1).max(MOST_REPORTS) });
const HANG_MS = 120_000;

/** A server that is not listening yet. */
export function platformServer(serving: Serving): Server {
  const server = createServer((request, response) => {
    answer(serving, request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 30_000;
  server.maxConnections = 200;
  return server;
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { inbox, key, faults, dice, now, said } = serving;
  const json = (status: number, body: unknown, headers = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  const { pathname } = new URL(request.url ?? '/', 'http://platform');
  if (pathname === '/' && request.method === 'GET')
    return void json(200, { name: key.name, key: await verifierKey(key, 'note'), reports: inbox.all.length });
  if (pathname !== '/v1/reports') return void json(404, { error: 'POST /v1/reports is all there is' });
  if (request.method !== 'POST') return void json(405, { error: 'POST is needed' });

  const fault = faultNow(faults(), now().epochMilliseconds, dice);
  if (fault) said?.(`fails: ${fault}`);
  if (fault === 'outage') return void response.destroy();
  if (fault === 'busy') return void json(429, { error: 'too many requests' }, { 'retry-after': '2' });
  if (fault === 'error') return void json(500, { error: 'internal error' });
  if (fault === 'refuse') return void json(400, { error: 'bad request' });
  if (fault === 'redirect') return void response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
  if (fault === 'page')
    return void response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end('<!doctype html><title>系统维护中</title><h1>系统维护中，请稍后再试</h1>');
  if (fault === 'hang') return void (await hang(response));
  if (fault === 'huge') return void (await huge(response));

  const body = await bodyOf(request);
  const batch = Batch.safeParse(body);
  if (!batch.success) return void json(400, { error: 'a batch of signed reports is needed' });
  const judged: Judged[] = [];
  for (const note of batch.data.reports)
    judged.push(
      fault === 'reject' && judged.length === 0
        ? { is: 'rejected', id: /"id":"([0-9a-f-]{36})"/.exec(note)?.[1] ?? '', field: 'soh', reason: '数据校验失败' }
        : await inbox.add(note, now().toString({ smallestUnit: 'millisecond' })),
    );
  said?.(`${judged.filter((it) => it.is === 'kept' && !it.isAgain).length} kept, ${judged.length} asked`);
  if (fault === 'stored-error') return void json(500, { error: 'internal error' });
  if (fault === 'stored-hang') return void (await hang(response));
  const results = (await Promise.all(judged.map((it) => resultOf(key, it, fault, judged)))).slice(
    fault === 'forget' ? 1 : 0,
  );
  const text = JSON.stringify({ results });
  if (fault === 'drip') return void (await drip(response, text));
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

async function resultOf(key: SigningKey, it: Judged, fault: FaultKind | undefined, all: readonly Judged[]) {
  if (it.is === 'rejected') return { id: it.id, result: 'rejected', field: it.field, reason: it.reason };
  const { id } = it.kept;
  const other = all.findLast((one) => one.is === 'kept');
  const { revision, digest, receivedAt, number } =
    fault === 'other-receipt' && other?.is === 'kept' ? { ...other.kept, digest: '0' } : it.kept;
  const text = receiptText({ id, revision, digest, receivedAt, number });
  const note = await signedNote(key, text);
  return {
    id,
    result: 'received',
    receipt: fault === 'wrong-receipt' ? note.replace(number, `X${number.slice(1)}`) : note,
  };
}

async function hang(response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  await sleep(HANG_MS, undefined, { signal: gone.signal, ref: false }).catch(() => {});
  response.destroy();
}

async function drip(response: ServerResponse, text: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  for (const letter of text) {
    if (response.destroyed) return;
    response.write(letter);
    await sleep(200, undefined, { ref: false });
  }
  response.end();
}

async function huge(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  const block = ' '.repeat(64 * 1024);
  const gone = once(response, 'close');
  for (let sent = 0; sent < 1024 && !response.destroyed; sent++)
    if (!response.write(block)) await Promise.race([once(response, 'drain'), gone]);
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    return undefined;
  }
}
