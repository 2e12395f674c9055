// The one door to stations: takes what other rooms queued, sends it, one at a time to each station, and keeps what came of it.
import { Lane, type Work } from '#kernel';
import { CallTimeout, formatCall, LinkClosed, NotSent } from '#link';
import {
  availabilityOrdered,
  type Command,
  type CommandResult,
  commandAll,
  endOverdue,
  type Failure,
  finish,
  messageIdOf,
  repeatableActions,
  resultOf,
  stationsWaitedFor,
  takeOldest,
  variablesReported,
} from '#station';
import { requestAnswered } from '#swap';
import type { StationId } from '#units';
import type { OcppPlace } from './context.ts';
import { digestOf, log } from './inbox.ts';
import { readingOf } from './reading.ts';
import type { Registry } from './registry.ts';
import type { Response } from './schema/types.ts';
import { repeat } from './time.ts';

interface Done {
  readonly command: Command;
  readonly result: CommandResult;
}

export class Commands {
  readonly #place: OcppPlace;
  readonly #registry: Registry;
  readonly #results: Lane<Done, undefined>;
  readonly #busy = new Set<StationId>();
  /** Connected since we looked last. */
  readonly #fresh = new Set<StationId>();
  #stop = () => {};
  #round: Promise<void> | undefined;
  #soon: unknown;
  #again = false;
  #over = false;

  constructor(place: OcppPlace, registry: Registry) {
    this.#place = place;
    this.#registry = registry;
    this.#results = new Lane(place.doWork, async (work, items) => {
      await keep(work, items);
      return items.map(() => ({ answer: undefined }));
    });
  }

  /** From now on it also looks by itself, for what another process or a dead server left. */
  start(): void {
    this.#stop = repeat(this.#place.pace, this.#place.limits.pollMs, () => this.poke());
  }

  /** Looks for commands now: somebody has queued one, or a station has connected. */
  poke(): Promise<void> {
    this.#again = true;
    this.#round ??= this.#look().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /**
   * A station has connected: what was sent to it over an earlier connection will not be answered any more. A thousand
   * that connect at once cost a look, not a thousand.
   */
  connected(stationId: StationId): void {
    this.#fresh.add(stationId);
    this.#soon ??= this.#place.pace.set(() => {
      this.#soon = undefined;
      void this.poke();
    }, 100);
  }

  stop(): void {
    this.#place.pace.clear(this.#soon);
    this.#over = true;
    this.#stop();
  }

  async #look(): Promise<void> {
    while (this.#again && !this.#over) {
      this.#again = false;
      const fresh = [...this.#fresh].filter((it) => !this.#busy.has(it)); // a busy one's call ends by itself
      this.#fresh.clear();
      try {
        const taken = await this.#place.doWork((work) => this.#take(work, fresh));
        for (const it of taken) void this.#send(it);
      } catch (error) {
        for (const it of fresh) this.#fresh.add(it);
        this.#place.log.error({ err: error }, 'Commands to stations could not be looked up');
      }
    }
  }

  async #take(work: Work, fresh: readonly StationId[]): Promise<Command[]> {
    const ended = await endOverdue(work, repeatableActions, fresh);
    await tellSwaps(
      work,
      ended.filter((it) => it.state !== 'queued').map((command) => ({ command })),
    );
    const waiting = await stationsWaitedFor(work);
    return await takeOldest(
      work,
      waiting.filter((it) => this.#registry.get(it) && !this.#busy.has(it)),
    );
  }

  async #send(command: Command): Promise<void> {
    const { id, stationId, action, payload, timeoutMs } = command;
    this.#busy.add(stationId);
    let result: CommandResult;
    try {
      const session = this.#registry.get(stationId);
      if (!session) throw new NotSent('the station is not connected any more');
      result = { id, state: 'answered', answer: await session.call(action, payload, timeoutMs, messageIdOf(command)) };
    } catch (error) {
      const { message } = error as Error;
      result = resultOf(command, failureOf(error), message, this.#place.clock());
    }
    try {
      await this.#results.submit({ command, result });
    } catch (error) {
      // It stays `sent`, and is ended or sent again when its time is over.
      this.#place.log.error({ err: error, command: id }, 'The answer to a command could not be kept');
    }
    this.#busy.delete(stationId);
    void this.poke();
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof NotSent) return 'not-sent';
  if (error instanceof CallTimeout) return 'no-answer';
  if (error instanceof LinkClosed) return 'link-closed';
  return 'refused'; // by the station; or our own mistake, which sending again would only repeat
}

/** Writes results down, and tells the rooms that wait for them. */
async function keep(work: Work, done: readonly Done[]): Promise<void> {
  await finish(
    work,
    done.map((it) => it.result),
  );
  await log(work, done.flatMap(spoken));
  await tellSwaps(
    work,
    done.flatMap(({ command, result }) =>
      result.state === 'queued' ? [] : [{ command, ...(result.state === 'answered' && { answer: result.answer }) }],
    ),
  );
  await tellAvailability(work, done);
  await variablesReported(
    work,
    done.flatMap(({ command, result }) =>
      command.action === 'GetVariables' && result.state === 'answered'
        ? readingsIn(work, command.stationId, result.answer as Response<'GetVariables'>)
        : [],
    ),
  );
}

function spoken({ command, result }: Done) {
  if (result.state !== 'answered') return [];
  const { stationId, action, payload } = command;
  const messageId = messageIdOf(command);
  const raw = formatCall(messageId, action, payload);
  const answer = JSON.stringify(result.answer);
  return [{ stationId, messageId, digest: digestOf(raw), direction: 'out' as const, action, raw, answer }];
}

/** ChangeAvailability is Accepted, or Scheduled until the swap under way is over; of a slot that is in use again we ask what stands there. */
async function tellAvailability(work: Work, done: readonly Done[]): Promise<void> {
  const agreed = done.flatMap(({ command, result }) => {
    if (command.action !== 'ChangeAvailability' || result.state !== 'answered') return [];
    const { status } = result.answer as Response<'ChangeAvailability'>;
    return status === 'Rejected' ? [] : [command];
  });
  if (agreed.length === 0) return;
  const opened = await availabilityOrdered(work, agreed);
  await commandAll(
    work,
    opened.map(({ stationId, slotNo }) => ({
      ...{ stationId, action: 'TriggerMessage', by: 'ocpp' },
      payload: { requestedMessage: 'StatusNotification', evse: { id: slotNo, connectorId: 1 } },
    })),
  );
}

/** RequestBatterySwap is answered Accepted or Rejected, or never. */
async function tellSwaps(work: Work, ended: readonly { command: Command; answer?: object }[]): Promise<void> {
  const answers = ended.flatMap(({ command, answer }) => {
    if (command.action !== 'RequestBatterySwap') return [];
    const { requestId } = command.payload as { requestId: number };
    const { status, statusInfo } = (answer ?? {}) as Partial<Response<'RequestBatterySwap'>>;
    const reasonCode = answer === undefined ? 'NoAnswer' : statusInfo?.reasonCode;
    return [
      { stationId: command.stationId, requestId, accepted: status === 'Accepted', ...(reasonCode && { reasonCode }) },
    ];
  });
  if (answers.length > 0) await requestAnswered(work, answers);
}

const readingsIn = (work: Work, stationId: StationId, { getVariableResult }: Response<'GetVariables'>) =>
  getVariableResult.flatMap(({ attributeStatus, attributeType, attributeValue, component, variable }) =>
    attributeStatus === 'Accepted' && attributeValue !== undefined
      ? [readingOf(stationId, component, variable, attributeValue, work.at, attributeType)]
      : [],
  );
