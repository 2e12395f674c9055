// The whole server without ports, on a database of its own, with keys to it: for tests that come by HTTP.
import { randomBytes } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import type { Scope } from '#kernel/api';
import { makeKey } from '#party';
import { type App, createApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import { ownDatabase } from './database.ts';
import { idsFrom, silent, testStart } from './work.ts';

export interface Reply {
  readonly status: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into replies of all shapes
  readonly body: any;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Caller {
  get(path: string): Promise<Reply>;
  /** With an Idempotency-Key of its own, or the one given; `null` sends none. */
  post(path: string, body: unknown, key?: string | null): Promise<Reply>;
}

export interface TestApp {
  readonly app: App;
  /** Asks with a key of these scopes; with none, as anybody. */
  as(...scopes: Scope[]): Promise<Caller>;
  /** Its time stands still until it is turned on. */
  later(by: Temporal.DurationLike): void;
}

/** A test body that gets the server. */
export const withServer = (body: (it: TestApp) => Promise<void>, config: Partial<Config> = {}) =>
  ownDatabase(async ({ url }) => {
    let now = testStart;
    const later = (by: Temporal.DurationLike) => {
      now = now.add(by);
    };
    const world = { clock: () => now, newId: idsFrom(99), log: silent };
    const secret = 'for tests alone, and as long as it has to be';
    const usual = readConfig({ DATABASE_URL: url, AUTH_SECRET: secret, RECORD_SECRET: secret });
    const app = await createApp({ ...usual, ...config, DATABASE_URL: url }, world);
    try {
      await body({ app, later, as: (...scopes) => callerWith(app, scopes) });
    } finally {
      await app.close();
    }
  });

async function callerWith(app: App, scopes: readonly Scope[]): Promise<Caller> {
  const key =
    scopes.length > 0 && (await app.doWork((work) => makeKey(work, { name: 'test', scopes, random: randomBytes(32) })));
  const headers = key ? { authorization: `Bearer ${key}` } : {};
  let asked = 0;
  const ask = async (options: InjectOptions): Promise<Reply> => {
    const reply = await app.http.inject(options);
    const type = String(reply.headers['content-type'] ?? '');
    const body = type.includes('json') ? reply.json() : reply.body;
    return { status: reply.statusCode, type, body, bytes: new Uint8Array(reply.rawPayload) };
  };
  return {
    get: (url) => ask({ method: 'GET', url, headers }),
    post: (url, payload, idempotencyKey = `test-${++asked}`) =>
      ask({
        method: 'POST',
        url,
        payload: payload as object,
        headers: { ...headers, ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }) },
      }),
  };
}
