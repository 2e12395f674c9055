import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { suite, test } from 'node:test';
import { insightApi } from '#insight/api';
import { stationApi } from '#station/api';
import { CallFailed, client, urlOf } from './client.ts';

const serving = async (
  answer: { status: number; body: string },
  visit: (base: string, asked: { url: string; body: string; key: string }[]) => Promise<void>,
) => {
  const asked: { url: string; body: string; key: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    asked.push({ url: request.url!, body, key: String(request.headers['idempotency-key']) });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await visit(`http://127.0.0.1:${(server.address() as { port: number }).port}`, asked);
  } finally {
    server.close();
  }
};

suite('a page calls the server by its contract', () => {
  test('parameters go into the path, the rest behind the question mark, absent ones nowhere', () => {
    const place = { params: { id: 'a/b c' }, query: { limit: 5, cursor: undefined } };
    assert.equal(urlOf('', '/v1/stations/:id/x', place), '/v1/stations/a%2Fb%20c/x?limit=5');
  });

  test('an answer arrives as it was sent', async () => {
    await serving({ status: 200, body: '{"items":[]}' }, async (base, asked) => {
      assert.deepEqual(await client(insightApi, base).swaps({ query: { limit: 7 } }), { items: [] });
      assert.equal(asked[0]?.url, '/v1/swaps?limit=7');
    });
  });

  test('each new request carries a key of its own, so that a repeated one is done once', async () => {
    await serving({ status: 200, body: '{}' }, async (base, asked) => {
      const stations = client(stationApi, base);
      const ask = { params: { stationId: 'S1' }, body: { action: 'Reset' as const, payload: {} } };
      await stations.command(ask);
      await stations.command(ask);
      assert.equal(new Set(asked.map((it) => it.key)).size, 2);
      assert.deepEqual(JSON.parse(asked[0]!.body), ask.body);
    });
  });

  test('a refusal arrives with its status and its words', async () => {
    await serving({ status: 401, body: '{"title":"Send an API key"}' }, async (base) => {
      await assert.rejects(client(insightApi, base).network(), (error: CallFailed) => {
        assert.ok(error instanceof CallFailed);
        assert.deepEqual([error.status, error.message], [401, 'Send an API key']);
        return true;
      });
    });
  });

  test('a server that has gone, or answers with something else than JSON, is a failure as well', async () => {
    await assert.rejects(client(insightApi, 'http://127.0.0.1:1').network(), { name: 'CallFailed', status: 0 });
    await serving({ status: 200, body: '<html>' }, async (base) => {
      await assert.rejects(client(insightApi, base).network(), { name: 'CallFailed', status: 200 });
    });
  });
});
