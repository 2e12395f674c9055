// A network with packs and drivers on the real gateway and a real database, its clock turned by hand, and stations that
// say exactly what a scenario wants, as OCPP-J text.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { type MemorySocket, socketPair } from '#link';
import type { StationId } from '#units';
import { checkResponse } from '../../src/ocpp/schema/check.ts';
import { gateway, type Network } from '../../src/ocpp/testing.ts';
import { demandCleanAudit } from '../crash/books.ts';
import { type BuiltNetwork, type BuiltVehicle, buildNetwork, type Plan } from '../network.ts';

export interface Scene extends Network {
  readonly built: BuiltNetwork;
  /** The vehicles of `built`, whose packs the scenario changes. */
  readonly vehicles: readonly BuiltVehicle[];
  readonly speak: (stationId?: string) => Speaker;
  readonly swaps: () => Promise<SwapRow[]>;
  /** The kinds of lines that the operator sees. */
  readonly lines: () => Promise<string[]>;
  /** Who holds a pack, by the ledger. */
  readonly holderOf: (serial: string) => Promise<string>;
  /** What stands in a slot, by the books. */
  readonly slot: (slotNo: number, stationId?: string) => Promise<{ state: string; pack: string | null }>;
  readonly paidBy: (driverId: string) => Promise<{ times: number; fen: number }>;
}

export interface SwapRow {
  readonly state: string;
  readonly origin: string;
  readonly requestId: number | null;
  readonly totalFen: number | null;
  readonly problems: readonly string[];
}

export const FIRST = 'SZ-1';

/** A test body on a network of this plan; afterwards the audit must be clean. */
export const scene = (plan: Partial<Plan>, body: (scene: Scene) => Promise<void>) =>
  gateway(async (network) => {
    const built = await buildNetwork(network.doWork, { stations: 1, standing: 4, vehicles: 2, ...plan });
    await body({
      ...network,
      built,
      vehicles: built.vehicles.map((it) => ({ ...it, packs: [...it.packs] })),
      speak: (stationId = FIRST) => new Speaker(network, stationId),
      ...looksInto(network.pool),
      lines: async () => {
        await network.ocpp.flush();
        return (await network.pool.query('select kind from station.anomaly order by kind')).rows.map((it) => it.kind);
      },
    });
    await demandCleanAudit(network.doWork);
  });

const looksInto = (pool: pg.Pool) => ({
  swaps: async (): Promise<SwapRow[]> => {
    const { rows } = await pool.query('select body from swap.swap order by id');
    return rows.map(({ body }) => ({
      state: body.state,
      origin: body.origin,
      requestId: body.requestId,
      totalFen: body.bill?.total ?? null,
      problems: body.problems.map((it: { code: string }) => it.code),
    }));
  },
  holderOf: async (serial: string): Promise<string> => {
    const { rows } = await pool.query(
      `select holder from ledger.account where unit = 'custody' and asset = $1 and credits_posted > debits_posted and holder not like 'outside:%'`,
      [serial],
    );
    assert.equal(rows.length, 1, `${serial} is in one place`);
    return rows[0].holder;
  },
  slot: async (slotNo: number, stationId = FIRST) => {
    const { rows } = await pool.query(
      'select state, pack_code as pack from station.slot where station_id = $1 and slot_no = $2',
      [stationId, slotNo],
    );
    return rows[0];
  },
  paidBy: async (driverId: string) => {
    const { rows } = await pool.query(
      `select count(*)::int as times, coalesce(sum(t.amount), 0)::int as fen from ledger.transfer t join ledger.account a on a.id = t.debit_id
       where a.holder = $1 and a.unit = 'money' and t.kind in ('post', 'posted')`,
      [`driver:${driverId}`],
    );
    return rows[0];
  },
});

type Answering = (action: string, payload: never) => object;

/** A station that says what it is told to say, frame by frame. */
export class Speaker {
  readonly id: string;
  /** How it answers the server's own calls. */
  answering: Answering = () => ({ status: 'Accepted' });
  /** What the server has asked it, by action. */
  readonly asked: { readonly action: string; readonly payload: object }[] = [];
  readonly #network: Network;
  readonly #waiting = new Map<string, (frame: [number, ...unknown[]]) => void>();
  #socket: MemorySocket;
  #messages = 0;
  #events = 0;

  constructor(network: Network, id: string) {
    this.#network = network;
    this.id = id;
    this.#socket = this.#plugIn();
  }

  #plugIn(): MemorySocket {
    const [here, there] = socketPair();
    here.onFrame((text) => this.#hear(JSON.parse(text)));
    this.#network.ocpp.accept(this.id as StationId, there);
    return here;
  }

  /** The network is cut without a word; what is under way is lost. */
  cut(): void {
    this.#socket.cut();
    this.#waiting.clear();
  }

  reconnect(): void {
    this.#socket = this.#plugIn();
  }

  #hear(frame: [number, string, ...unknown[]]): void {
    const [type, messageId] = frame;
    if (type !== 2) {
      this.#waiting.get(messageId)?.(frame);
      return;
    }
    const [, , action, payload] = frame as unknown as [number, string, string, never];
    this.asked.push({ action, payload });
    this.#socket.send(JSON.stringify([3, messageId, this.answering(action, payload)]));
  }

  /** Says a whole frame and does not wait. */
  send(frame: readonly unknown[]): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** Says a frame. @returns the payload of its answer, which must keep to the schema */
  async say([, messageId, action, payload]: readonly [2, string, string, object]): Promise<Record<string, unknown>> {
    const { promise, resolve } = Promise.withResolvers<[number, ...unknown[]]>();
    this.#waiting.set(messageId, resolve);
    this.send([2, messageId, action, payload]);
    const answer = await promise;
    assert.equal(answer[0], 3, JSON.stringify(answer));
    assert.equal(checkResponse(action, answer[2]), undefined);
    return answer[2] as Record<string, unknown>;
  }

  frame(action: string, payload: object, messageId = `${++this.#messages}`): [2, string, string, object] {
    return [2, messageId, action, payload];
  }

  call(action: string, payload: object) {
    return this.say(this.frame(action, payload));
  }

  /** Shows a driver's card. @returns the status, and the slots whose packs wait for him */
  async authorize({ idToken }: BuiltVehicle): Promise<{ status: string; slots: number[]; says?: string }> {
    const { idTokenInfo } = (await this.call('Authorize', { idToken: card(idToken) })) as {
      idTokenInfo: {
        status: string;
        personalMessage?: { content: string };
        customData?: { promisedSlots: number[] };
      };
    };
    const says = idTokenInfo.personalMessage?.content;
    return { status: idTokenInfo.status, slots: idTokenInfo.customData?.promisedSlots ?? [], ...(says && { says }) };
  }

  battery(
    eventType: 'BatteryIn' | 'BatteryOut' | 'BatteryOutTimeout',
    requestId: number,
    { idToken }: Pick<BuiltVehicle, 'idToken'>,
    packs: readonly { readonly slot: number; readonly serial: string; readonly soC: number; readonly soH?: number }[],
    messageId?: string,
  ) {
    const batteryData = packs.map((it) => ({
      evseId: it.slot,
      serialNumber: it.serial,
      soC: it.soC,
      soH: it.soH ?? 98,
    }));
    return this.frame('BatterySwap', { eventType, requestId, idToken: card(idToken), batteryData }, messageId);
  }

  notify(...events: readonly object[]) {
    const timestamp = this.#network.clock.now.toString();
    const eventData = events.map((it) => ({
      eventId: ++this.#events,
      timestamp,
      trigger: 'Delta',
      eventNotificationType: 'HardWiredNotification',
      ...it,
    }));
    return this.call('NotifyEvent', { generatedAt: timestamp, seqNo: 0, eventData });
  }

  availability(slot: number, actualValue: 'Available' | 'Occupied' | 'Unavailable' | 'Faulted') {
    const component = { name: 'Connector', evse: { id: slot, connectorId: 1 } };
    return this.notify({ component, variable: { name: 'AvailabilityState' }, actualValue });
  }

  charging(
    slot: number,
    transactionId: string,
    seqNo: number,
    rest: { eventType: string; triggerReason: string; registerWh: number; soC: number } & Record<string, unknown>,
  ) {
    const { eventType, triggerReason, registerWh, soC, info, ...more } = rest;
    const timestamp = this.#network.clock.now.toString();
    return this.call('TransactionEvent', {
      eventType,
      timestamp,
      triggerReason,
      seqNo,
      transactionInfo: { transactionId, ...(info as object) },
      evse: { id: slot, connectorId: 1 },
      meterValue: [
        {
          timestamp,
          sampledValue: [
            { value: registerWh, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
            { value: soC, measurand: 'SoC', unitOfMeasure: { unit: 'Percent' } },
          ],
        },
      ],
      ...more,
    });
  }
}

export const card = (idToken: string) => ({ idToken, type: 'ISO14443' });

/** A cabinet with empty slots 1 and 2, and a motorcycle that runs on two packs. */
export const twoWheelers: Partial<Plan> = {
  preset: 'cabinet-12',
  vehicleModel: 'courier-motorcycle',
  packModel: 'two-wheeler-48v',
  packsEach: 2,
  firstSlot: 3,
};

/** Looks again and again, at most five seconds long. */
export async function until(isSo: () => Promise<boolean>, push: () => unknown = () => {}): Promise<void> {
  for (let looks = 0; looks < 250; looks++) {
    if (await isSo()) return;
    await push();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.ok(await isSo(), 'it never came to that');
}
