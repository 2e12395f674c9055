// Stations that swap as fast as they are answered: Authorize, BatteryIn, BatteryOut, one call in flight each (OCPP-J).
// A program of its own, so that its CPU time is counted and the server's event loop is not shared.
import { WebSocket } from 'ws';
import type { BuiltNetwork, BuiltStation, BuiltVehicle } from '../../test/network.ts';

/** What the bench tells this program, and what it answers. */
export type Order =
  | { readonly connect: string; readonly network: BuiltNetwork }
  | { readonly swapFor: number; readonly at: string; readonly many: number };
export type Report =
  | { readonly is: 'connected' }
  | {
      readonly is: 'swapped';
      readonly swaps: number;
      readonly refused: readonly string[];
      readonly latenciesMs: readonly number[];
    };

/** Drivers come back after a short trip, so that every pack in a station is charged enough for the next. */
const SOC = { in: 80, out: 90 };

class Station {
  readonly #ws: WebSocket;
  readonly #slots: (string | null)[];
  readonly #field: Field;
  #calls = 0;
  #requests = 0;
  #hear: ((frame: string) => void) | undefined;

  constructor(url: string, { id, password, slots }: BuiltStation, field: Field) {
    const authorization = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
    this.#ws = new WebSocket(`${url}/${id}`, ['ocpp2.1'], { headers: { authorization }, perMessageDeflate: false });
    this.#ws.on('message', (data: Buffer) => this.#hear?.(data.toString()));
    this.#slots = [...slots];
    this.#field = field;
  }

  readonly opened = (): Promise<void> =>
    new Promise((resolve, reject) => this.#ws.once('open', resolve).once('error', reject));

  async swapUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const vehicle = this.#field.vehicles.shift()!;
      await this.#swap(vehicle);
      this.#field.vehicles.push(vehicle);
    }
  }

  async #swap(vehicle: BuiltVehicle): Promise<void> {
    const idToken = { idToken: vehicle.idToken, type: 'ISO14443' };
    const answer = await this.#call('Authorize', { idToken });
    const { status, personalMessage } = answer.idTokenInfo;
    if (status !== 'Accepted') return void this.#field.refused.push(`${status}: ${personalMessage?.content}`);
    const requestId = ++this.#requests;
    const battery = (slot: number, serialNumber: string, soC: number) => ({
      requestId,
      idToken,
      batteryData: [{ evseId: slot + 1, serialNumber, soC, soH: 98 }],
    });
    const into = this.#slots.indexOf(null);
    const promised = answer.idTokenInfo.customData?.promisedSlots[0];
    const from = promised === undefined ? this.#slots.findIndex((it) => it !== null) : promised - 1;
    await this.#call('BatterySwap', { eventType: 'BatteryIn', ...battery(into, vehicle.packs[0]!, SOC.in) });
    this.#slots[into] = vehicle.packs[0]!;
    const given = this.#slots[from]!;
    await this.#call('BatterySwap', { eventType: 'BatteryOut', ...battery(from, given, SOC.out) });
    this.#slots[from] = null;
    vehicle.packs[0] = given;
    this.#field.swaps++;
  }

  #call(action: string, payload: object): Promise<Answer> {
    const started = performance.now();
    this.#ws.send(JSON.stringify([2, `${++this.#calls}`, action, payload]));
    return new Promise((resolve, reject) => {
      this.#hear = (frame) => {
        const [type, , answer] = JSON.parse(frame) as [number, string, Answer];
        if (action === 'BatterySwap') this.#field.latenciesMs.push(performance.now() - started);
        if (type === 3) resolve(answer);
        else reject(new Error(`${action} was answered ${frame}`));
      };
    });
  }
}

interface Answer {
  readonly idTokenInfo: {
    readonly status: string;
    readonly personalMessage?: { readonly content: string };
    readonly customData?: { readonly promisedSlots: readonly [number] };
  };
}

/** What the stations at one address share. */
interface Field {
  readonly vehicles: BuiltVehicle[];
  swaps: number;
  refused: string[];
  latenciesMs: number[];
}

const fields = new Map<string, { readonly field: Field; readonly stations: readonly Station[] }>();
const report = (it: Report) => void process.send!(it);

process.on('message', async (order: Order) => {
  if ('connect' in order) {
    const field: Field = {
      vehicles: structuredClone(order.network.vehicles) as BuiltVehicle[],
      swaps: 0,
      refused: [],
      latenciesMs: [],
    };
    const stations = order.network.stations.map((it) => new Station(order.connect, it, field));
    await Promise.all(stations.map((it) => it.opened()));
    fields.set(order.connect, { field, stations });
    report({ is: 'connected' });
    return;
  }
  const { field, stations } = fields.get(order.at)!;
  Object.assign(field, { swaps: 0, refused: [], latenciesMs: [] });
  const until = performance.now() + order.swapFor;
  await Promise.all(stations.slice(0, order.many).map((it) => it.swapUntil(() => performance.now() >= until)));
  report({ is: 'swapped', swaps: field.swaps, refused: field.refused, latenciesMs: field.latenciesMs });
});
