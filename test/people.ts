// People for tests: accounts that are there, and browsers that come with their cookies.
import type { InjectOptions } from 'fastify';
import { addPerson, join, type Post, thePlatform } from '#party';
import type { App } from '../src/app.ts';
import type { Reply } from './app.ts';

export const usualPassword = 'correct horse battery';

/** Makes somebody with an account; of the platform, as its administrator, unless it is said otherwise. */
export const somebody = (
  app: App,
  { email, post, passwordDue = false }: { email: string; post?: Post; passwordDue?: boolean },
): Promise<string> =>
  app.doWork(async (work) => {
    const id = await addPerson(work, { name: email.split('@')[0]!, email, password: usualPassword, passwordDue });
    await join(work, id, post ?? { partyId: await thePlatform(work), role: 'admin' }, { by: 'test' });
    return id;
  });

export interface Page extends Reply {
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
}

export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** As a page of ours does it. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Page>;
  /** By name; what the server took back is gone. */
  readonly cookies: Map<string, string>;
  signIn(email: string, password?: string): Promise<Page>;
}

/** Keeps cookies, and says where its writes come from. */
export function browser(app: App, remoteAddress = '127.0.0.1'): Browser {
  const cookies = new Map<string, string>();
  let asked = 0;
  const ask = async (options: InjectOptions): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { host: 'localhost:8080', ...(cookie && { cookie }), ...options.headers };
    const reply = await app.http.inject({ ...options, headers, remoteAddress });
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/)!;
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const type = String(reply.headers['content-type'] ?? '');
    const isJson = type.includes('json') && reply.body !== '';
    const { statusCode: status, headers: sent, rawPayload } = reply;
    return { status, type, headers: sent, body: isJson ? reply.json() : reply.body, bytes: new Uint8Array(rawPayload) };
  };
  const post: Browser['post'] = (url, payload = {}, headers = {}) =>
    ask({
      method: 'POST',
      url,
      payload: payload as object,
      headers: { origin: 'http://localhost:8080', 'idempotency-key': `page-${++asked}`, ...headers },
    });
  return {
    cookies,
    get: (url, headers = {}) => ask({ method: 'GET', url, headers }),
    post,
    signIn: (email, password = usualPassword) => post('/api/auth/sign-in/email', { email, password }),
  };
}
