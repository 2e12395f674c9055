// From a frame to its answer: checked against the schema, then answered from memory (Heartbeat) or after the commit.
import { isOutage, Lane } from '#kernel';
import { type CallFrame, OcppError, type Problem, RawJson } from '#link';
import type { StationId } from '#units';
import { asOcppError } from './action.ts';
import { handlers } from './actions.ts';
import { type Answered, answerAll, type Item } from './batch.ts';
import type { OcppPlace, StationSession } from './context.ts';
import { digestOf } from './inbox.ts';
import type { Lines } from './lines.ts';
import { checkRequest } from './schema/check.ts';

export class Gateway {
  readonly #place: OcppPlace;
  readonly #lines: Lines;
  readonly #lanes: readonly Lane<Item, Answered>[];
  #lastOutage: unknown;
  readonly #pending = new Set<Promise<unknown>>();

  constructor(place: OcppPlace, lines: Lines) {
    this.#place = place;
    this.#lines = lines;
    this.#lanes = Array.from({ length: place.limits.lanes }, () => this.#newLane());
  }

  #newLane(): Lane<Item, Answered> {
    return new Lane(
      this.#place.doWork,
      (work, items) => {
        this.#place.metrics?.laneRan(items.length);
        return answerAll(work, items);
      },
      this.#place.limits.batch,
    );
  }

  /** A station keeps to one lane, so that its messages never overtake each other. */
  #laneOf(stationId: StationId): Lane<Item, Answered> {
    let sum = 0;
    for (let at = 0; at < stationId.length; at++) sum = (sum * 31 + stationId.charCodeAt(at)) % 65_521;
    return this.#lanes[sum % this.#lanes.length]!;
  }

  answer(session: StationSession, call: CallFrame): RawJson | Promise<RawJson> {
    session.context.seen = true;
    const started = this.#place.pace.now();
    const refusal = refusalOf(call);
    if (call.action === 'Heartbeat' && !refusal) {
      const answer = new RawJson(`{"currentTime":"${this.#place.clock().toString()}"}`);
      this.#count('Heartbeat', 'answered', started);
      return answer;
    }
    const answer = refusal ? this.#refuse(session, call, refusal) : this.#answerDurably(session, call, started);
    this.#pending.add(answer);
    const forget = () => void this.#pending.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  /** When every call that is being handled has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  async #answerDurably(session: StationSession, call: CallFrame, started: number): Promise<RawJson> {
    const { action } = call;
    const { stationId } = session.context;
    let answered: Answered;
    try {
      answered = await this.#laneOf(stationId).submit(itemOf(stationId, call));
    } catch (error) {
      // The work was undone, and the message with it.
      const refusal = asOcppError(error);
      if (refusal instanceof OcppError) return await this.#refuse(session, call, refusal);
      this.#count(action, 'failed', started);
      throw isOutage(error) ? this.#noteOutage(error) : error;
    }
    if ('refusal' in answered) throw this.#noteRefusal(stationId, call, answered.refusal);
    this.#count(action, answered.repeated ? 'repeated' : 'answered', started);
    return answered.answer;
  }

  /** Our trouble and not the station's: one line in the log for all the messages it met, and the stations try again. */
  #noteOutage(error: unknown): OcppError {
    if (error !== this.#lastOutage) this.#place.log.error({ err: error }, 'The database is out of reach');
    this.#lastOutage = error;
    return new OcppError('InternalError', 'nothing can be kept at the moment: send it again later');
  }

  /** An error for the sender, once the message is kept with it: nothing is lost. */
  async #refuse({ context: { stationId } }: StationSession, call: CallFrame, refusal: OcppError): Promise<never> {
    try {
      await this.#laneOf(stationId).submit({ ...itemOf(stationId, call), refusal });
    } catch (error) {
      if (isOutage(error)) throw this.#noteOutage(error);
      this.#place.log.error({ err: error, station: stationId }, 'A refused message is not kept');
    }
    throw this.#noteRefusal(stationId, call, refusal);
  }

  /** A line for the operator, with the last message in it. */
  #noteRefusal(stationId: StationId, call: CallFrame, error: OcppError): OcppError {
    this.#lines.add({
      stationId,
      kind: error.code === 'NotSupported' || error.code === 'NotImplemented' ? 'unsupported' : 'refused',
      sentence: `${call.action.slice(0, 50)} was refused: ${error.message}`,
      facts: { code: error.code, ...error.details, message: call.text.slice(0, 4000) },
    });
    // Names that nobody knows are not counted one by one: anybody could make up thousands.
    this.#place.metrics?.ocppCalled(call.action in handlers ? call.action : 'other', 'refused');
    return error;
  }

  #count(action: string, outcome: 'answered' | 'repeated' | 'failed', started: number): void {
    this.#place.metrics?.ocppCalled(action, outcome);
    this.#place.metrics?.ocppAnswered((this.#place.pace.now() - started) / 1000);
  }

  /** Something is wrong with a connection or a frame. */
  problem({ context }: StationSession, { kind, detail }: Problem): void {
    if (kind === 'crash') this.#place.log.error({ station: context.stationId }, detail);
    const sentence = kind === 'crash' ? 'One of its messages broke something here' : detail;
    this.#lines.add({ stationId: context.stationId, kind, sentence, facts: { detail: detail.slice(0, 2000) } });
  }
}

/** What is wrong with a call, so far as one can see without a database. */
function refusalOf(call: CallFrame): OcppError | undefined {
  const { action, payload } = call;
  const fault = checkRequest(action, payload);
  if (fault) return new OcppError(fault.code, fault.description, { field: fault.field });
  if (action !== 'Heartbeat' && !(action in handlers))
    return new OcppError('NotSupported', `${action} is not supported here`);
  return unkeepable(call);
}

const itemOf = (stationId: StationId, { messageId, action, payload, text }: CallFrame): Item => ({
  stationId,
  messageId: keepable(messageId),
  digest: digestOf(text),
  action: keepable(action.slice(0, 100)),
  payload,
  raw: keepable(text),
});

/** Text as PostgreSQL can keep it. */
const keepable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** JSON can say what PostgreSQL cannot keep as text: NUL, and halves of surrogate pairs. Both need an escape. */
function unkeepable({ text, messageId, payload }: CallFrame): OcppError | undefined {
  if (!text.includes('\\u') || isKeepable([messageId, payload])) return undefined;
  return new OcppError('FormatViolation', 'a text of the message holds a character that is none (NUL or half a pair)');
}

function isKeepable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, it]) => isKeepable(name) && isKeepable(it));
}
