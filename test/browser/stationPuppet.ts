// A station that does what a test tells it, step by step, over a real WebSocket: for pages that are watched meanwhile.
import { WebSocket } from 'ws';
import { type CallFrame, defaultLimits, fromWebSocket, RawJson, Session, webSocketOptions } from '#link';

interface SwapAsked {
  readonly requestId: number;
  readonly idToken: { readonly idToken: string };
  readonly customData: { readonly promisedSlots: readonly number[] };
}

interface Choices {
  /** `ws://…/ocpp` */
  readonly ocpp: string;
  readonly id: string;
  readonly password: string;
  /** The network's time. */
  readonly now: () => string;
}

export class StationPuppet {
  /** Actions to which it never answers. */
  readonly deaf = new Set<string>();
  readonly #choices: Choices;
  readonly #ws: WebSocket;
  readonly #session: Session<undefined>;
  readonly #asked = Promise.withResolvers<SwapAsked>();
  readonly #released = Promise.withResolvers<void>();
  #messages = 0;
  #events = 0;

  private constructor(choices: Choices, ws: WebSocket) {
    this.#choices = choices;
    this.#ws = ws;
    this.#session = new Session(
      fromWebSocket(ws),
      {
        answer: (_, call) => this.#answer(call),
        hear: () => {},
        problem: () => {},
        now: () => performance.now(),
        setTimer: setTimeout,
        clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
        nextMessageId: () => `puppet-${++this.#messages}`,
        limits: { ...defaultLimits, callTimeoutMs: 30_000 },
      },
      undefined,
    );
  }

  /** Connects and tells that it has started. */
  static async start(choices: Choices): Promise<StationPuppet> {
    const { ocpp, id, password } = choices;
    const authorization = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
    const ws = new WebSocket(`${ocpp}/${id}`, ['ocpp2.1'], {
      headers: { authorization },
      ...webSocketOptions(1 << 20),
    });
    const puppet = new StationPuppet(choices, ws);
    await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
    const chargingStation = { vendorName: 'Packloop test', model: 'puppet', firmwareVersion: '9.0.0' };
    await puppet.#tell('BootNotification', { reason: 'PowerUp', chargingStation });
    return puppet;
  }

  /** Until the server asks for a swap. */
  readonly askedToSwap = (): Promise<SwapAsked> => this.#asked.promise;

  /** Until the server lets the vehicle go. */
  readonly released = (): Promise<void> => this.#released.promise;

  readonly step = (requestId: number, actualValue: string): Promise<object> =>
    this.#event(requestId, { name: 'SwapStep' }, actualValue);

  readonly check = (requestId: number, instance: string, value: number): Promise<object> =>
    this.#event(requestId, { name: 'SafetyCheck', instance }, String(value));

  readonly battery = (
    eventType: 'BatteryIn' | 'BatteryOut',
    { requestId, idToken }: SwapAsked,
    pack: { readonly slot: number; readonly serial: string; readonly soC: number },
  ): Promise<object> =>
    this.#tell('BatterySwap', {
      eventType,
      requestId,
      idToken,
      batteryData: [{ evseId: pack.slot, serialNumber: pack.serial, soC: pack.soC, soH: 98 }],
    });

  stop(): void {
    this.#ws.terminate();
  }

  #event(requestId: number, variable: object, actualValue: string): Promise<object> {
    const timestamp = this.#choices.now();
    const event = {
      eventId: ++this.#events,
      timestamp,
      trigger: 'Delta',
      eventNotificationType: 'HardWiredNotification',
      component: { name: 'BatterySwapCtrlr', instance: String(requestId) },
      variable,
      actualValue,
    };
    return this.#tell('NotifyEvent', { generatedAt: timestamp, seqNo: 0, tbc: false, eventData: [event] });
  }

  #tell(action: string, payload: object): Promise<object> {
    return this.#session.call(action, new RawJson(JSON.stringify(payload)));
  }

  async #answer({ action, payload }: CallFrame): Promise<object> {
    if (this.deaf.has(action)) return await new Promise(() => {});
    switch (action) {
      case 'RequestBatterySwap':
        this.#asked.resolve(payload as SwapAsked);
        return { status: 'Accepted' };
      case 'SetVariables': {
        const { setVariableData } = payload as { setVariableData: { component: object; variable: { name: string } }[] };
        if (setVariableData.some((it) => it.variable.name === 'ReleaseAllowed')) this.#released.resolve();
        return {
          setVariableResult: setVariableData.map(({ component, variable }) => ({
            component,
            variable,
            attributeStatus: 'Accepted',
          })),
        };
      }
      case 'GetVariables': {
        const { getVariableData } = payload as { getVariableData: object[] };
        return {
          getVariableResult: getVariableData.map((it) => ({
            ...it,
            attributeStatus: 'Accepted',
            attributeValue: '300',
          })),
        };
      }
      default:
        return { status: 'Accepted' };
    }
  }
}
