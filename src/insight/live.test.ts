import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anomaly, setSlots } from '#station';
import { authorise } from '#swap';
import { type SlotNo, W } from '#units';
import { withServer } from '../../test/app.ts';
import { cardOf, smallNetwork, st1 } from '../../test/seed.ts';

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
