// A company's sign-in service on this machine: a real OpenID provider, and a person who signs in there.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface Claims {
  readonly email: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly email_verified?: boolean;
}

export interface Company {
  readonly issuer: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  /** Its people, by the name they sign in with; may change at any time. */
  readonly people: Map<string, Claims>;
  /** Goes through its pages as a person does. @returns where it sends the browser back to */
  visit(url: string, person: string): Promise<URL>;
  close(): Promise<void>;
}

export async function company(redirectUri: string): Promise<Company> {
  const people = new Map<string, Claims>();
  const client = { clientId: 'packloop', clientSecret: 'a secret between two companies' };
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: async (_: unknown, sub: string) => ({
      accountId: sub,
      claims: async () => ({ sub, email_verified: true, ...people.get(sub) }),
    }),
    cookies: { keys: ['only for tests'] },
  });
  server.on('request', provider.callback());

  async function visit(url: string, person: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let next = new URL(url);
    let form: Record<string, string> | undefined;
    for (let step = 0; step < 20; step++) {
      if (next.origin !== issuer) return next;
      const reply = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      });
      for (const line of reply.headers.getSetCookie()) {
        const [, name, value] = line.match(/^([^=]+)=([^;]*)/)!;
        cookies.set(name!, value!);
      }
      form = undefined;
      const to = reply.headers.get('location');
      if (to) {
        next = new URL(to, next);
        continue;
      }
      const page = await reply.text();
      if (reply.status !== 200) throw new Error(`${next}: ${reply.status} ${page}`);
      const prompt = page.match(/name="prompt" value="(\w+)"/)?.[1];
      form = prompt === 'login' ? { prompt, login: person, password: 'any' } : { prompt: prompt! };
      next = new URL(page.match(/action="([^"]+)"/)![1]!, next);
    }
    throw new Error('the company sends its people in circles');
  }

  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { issuer, client, people, visit, close };
}
