import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { addParties, makeKey } from '#party';
import { anomaly, setSlots } from '#station';
import { authorise } from '#swap';
import { type PartyId, type SlotNo, W } from '#units';
import { withServer } from '../../test/app.ts';
import { cardOf, smallNetwork, st1 } from '../../test/seed.ts';
import { mapDelta, mapNow, mapStates } from './api.ts';

interface Event {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: events of three shapes
  readonly data: any;
}

/** Reads server-sent events as a browser does. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts) {
      const event = part.match(/^event: (.*)$/m)?.[1];
      const data = part.match(/^data: (.*)$/m)?.[1];
      if (event && data) yield { event, data: JSON.parse(data) };
    }
  }
}

test(
  'a screen hears of a swap when it happens, of its station as it looks then, of charging and of what went wrong',
  withServer(
    async ({ app }) => {
      await app.doWork((work) => smallNetwork(work));
      const { http } = await app.listen();
      const response = await fetch(`${http}/v1/live`);
      assert.match(response.headers.get('content-type')!, /^text\/event-stream/);
      const events = eventsOf(response);
      const next = async (wanted: string, is: (data: Event['data']) => boolean = () => true) => {
        for (;;) {
          const { value } = await events.next();
          if (value.event === wanted && is(value.data)) return value.data;
        }
      };
      await next('station'); // the first look: what has just been registered is new to everybody

      await app.doWork((work) => authorise(work, [{ stationId: st1, idToken: cardOf(1) }]));
      const swap = await next('swap');
      assert.deepEqual([swap.stationId, swap.state], [st1, 'authorised']);
      const station = await next('station', (it) => it.openSwap !== null);
      assert.deepEqual([station.id, station.openSwap.id], [st1, swap.id]);

      await app.doWork((work) => setSlots(work, [{ stationId: st1, slotNo: 2 as SlotNo, powerW: W(60_000) }]));
      assert.equal((await next('station', (it) => it.charging > 0)).charging, 1);

      await app.doWork((work) =>
        anomaly(work, [{ stationId: st1, kind: 'refused', sentence: 'no', facts: { secret: 1 } }]),
      );
      const line = await next('anomaly');
      assert.deepEqual([line.kind, line.facts], ['refused', undefined]);
      await events.return(undefined);
    },
    { PORT: 0 },
  ),
);

test(
  'what goes wrong between the page that was read and the first look after its stream opened is heard',
  withServer(
    async ({ app }) => {
      await app.doWork((work) => smallNetwork(work));
      const { http } = await app.listen();
      const response = await fetch(`${http}/v1/live?events=anomaly`);
      await app.doWork((work) => anomaly(work, [{ stationId: st1, kind: 'refused', sentence: 'no', facts: {} }]));
      const { value } = await eventsOf(response).next();
      assert.deepEqual([value?.event, value?.data.kind], ['anomaly', 'refused']);
    },
    { PORT: 0 },
  ),
);

test(
  'a map hears of the stations that changed, in one compact event a second, and of nothing it did not ask for',
  withServer(
    async ({ app }) => {
      await app.doWork((work) => smallNetwork(work));
      const { http } = await app.listen();
      const map = mapNow.parse(await (await fetch(`${http}/v1/map`)).json());
      const before = Object.fromEntries(mapStates.map((it) => [it, map[it][0]]));
      assert.deepEqual([before.charging, before.openSwap, before.queue], [0, null, 0]);

      const events = eventsOf(await fetch(`${http}/v1/live?events=stations`));
      const next = async (): Promise<Record<string, unknown>> => {
        const { value } = await events.next();
        assert.equal(value.event, 'stations');
        const [id, ...states] = mapDelta.parse(value.data).rows[0]!;
        return { id, ...Object.fromEntries(mapStates.map((it, n) => [it, states[n]])) };
      };
      const change = async () => {
        await app.doWork((work) => setSlots(work, [{ stationId: st1, slotNo: 2 as SlotNo, powerW: W(60_000) }]));
        await app.doWork((work) => authorise(work, [{ stationId: st1, idToken: cardOf(1) }]));
      };
      setTimeout(() => void change(), 1500).unref(); // after its first look
      let now = await next();
      while (now.charging === 0 || now.openSwap === null) now = await next();
      assert.deepEqual(now, { id: st1, ...before, charging: 1, openSwap: 'authorised' });
      await events.return(undefined);
    },
    { PORT: 0 },
  ),
);

test(
  'a screen of one organisation hears nothing of another’s stations',
  withServer(
    async ({ app }) => {
      await app.doWork((work) => smallNetwork(work));
      const key = await app.doWork(async (work) => {
        await addParties(work, [{ id: 'stranger' as PartyId, name: 'Stranger', kind: 'operator' }]);
        const scopes = ['read'] as const;
        return await makeKey(work, { name: 'x', scopes, partyId: 'stranger' as PartyId, random: randomBytes(32) });
      });
      const { http } = await app.listen();
      assert.equal((await fetch(`${http}/v1/live`)).status, 401);
      const response = await fetch(`${http}/v1/live`, { headers: { authorization: `Bearer ${key}` } });
      let heard = '';
      const reading = (async () => {
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) heard += chunk;
      })().catch(() => {});
      for (let n = 1; n <= 2; n++) {
        await wait(1200);
        await app.doWork((work) => authorise(work, [{ stationId: st1, idToken: cardOf(n) }]));
        await app.doWork((work) => anomaly(work, [{ stationId: st1, kind: 'refused', sentence: 'no', facts: {} }]));
      }
      await wait(1500);
      assert.match(heard, /retry/);
      assert.doesNotMatch(heard, /event:|ST-1/);
      await response.body?.cancel().catch(() => {});
      await app.close();
      await reading;
    },
    { PORT: 0, PUBLIC_VIEW: false },
  ),
);
