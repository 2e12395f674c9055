// A node between us and a chain that behaves as nodes do on bad days, by a real HTTP server.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './server.ts';

export type Mood =
  | 'well'
  /** Answers, after any time limit. */
  | 'slow'
  /** Hangs up in the middle. */
  | 'drops'
  | 'broken'
  /** Says yes, and something else than was asked: a page, half an answer, an answer of another type. */
  | 'babbles'
  /** Belongs to another chain. */
  | 'elsewhere'
  /** Has not heard of the newest blocks, and of no transaction since. */
  | 'behind'
  /** Refuses whatever would change something. */
  | 'refuses';

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params?: unknown[];
}

export interface RpcProxy {
  readonly rpc: string;
  mood: Mood;
  /** How many requests came while it was in this mood. */
  readonly asked: Map<Mood, number>;
  close(): Promise<void>;
}

const SLOW_MS = 1_500;

/** @param target JSON-RPC over HTTP @param behindAt the block that a node that is behind takes for the newest */
export async function rpcProxy(target: string, behindAt: () => number): Promise<RpcProxy> {
  const port = await freePort();
  const asked = new Map<Mood, number>();
  let babbled = 0;
  const forward = async (it: Request) => {
    const reply = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', ...it }),
    });
    return await reply.text();
  };
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (it) => {
      body += it;
    });
    request.on('end', async () => {
      const { mood } = proxy;
      asked.set(mood, (asked.get(mood) ?? 0) + 1);
      const it = JSON.parse(body) as Request;
      const say = (text: string, status = 200) => {
        if (!reply.destroyed) reply.writeHead(status, { 'content-type': 'application/json' }).end(text);
      };
      const result = (value: unknown) => say(JSON.stringify({ jsonrpc: '2.0', id: it.id, result: value }));
      const refuse = (message: string) =>
        say(JSON.stringify({ jsonrpc: '2.0', id: it.id, error: { code: -32000, message } }));
      const changes = /^eth_(estimateGas|sendRawTransaction)$/.test(it.method);
      try {
        if (mood === 'drops') return void reply.destroy();
        if (mood === 'broken') return say('{"error":"upstream"}', 500);
        if (mood === 'babbles')
          return say(['<html>Welcome</html>', `{"jsonrpc":"2.0","id":${it.id},"resu`, 'null', '[]'][babbled++ % 4]!);
        if (mood === 'elsewhere' && it.method === 'eth_chainId') return result('0x1');
        if (mood === 'refuses' && changes) return refuse('execution reverted');
        if (mood === 'behind') {
          if (it.method === 'eth_sendRawTransaction') return refuse('nonce too high');
          const old = `0x${behindAt().toString(16)}`;
          if (it.method === 'eth_blockNumber') return result(old);
          const params = it.params?.map((param) => (param === 'latest' || param === 'pending' ? old : param));
          return say(await forward({ ...it, ...(params && { params }) }));
        }
        const text = await forward(it);
        if (mood === 'slow') await pause(SLOW_MS);
        say(text);
      } catch {
        reply.destroy();
      }
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const proxy: RpcProxy = {
    rpc: `http://127.0.0.1:${port}`,
    mood: 'well',
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
