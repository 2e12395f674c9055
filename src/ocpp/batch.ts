// One transaction for the calls of many stations. What came before gets its first answer; the rest goes to the actions.
import type { Outcome, Work } from '#kernel';
import { OcppError, RawJson } from '#link';
import { anomaly } from '#station';
import { reported } from '#swap';
import type { Handler, Later } from './action.ts';
import { handlers } from './actions.ts';
import { StationClocks } from './clocks.ts';
import { answersTo, keyOf, type Logged, log, type MessageKey } from './inbox.ts';
import type { Action } from './schema/types.ts';

/** A call that is in order so far as one can see without a database; or one that is refused, and only kept. */
export interface Item extends MessageKey {
  readonly action: string;
  readonly payload: object;
  readonly raw: string;
  readonly refusal?: OcppError;
}

/** A refusal is an answer too: it is kept with its message, in the same work. */
export type Answered = { readonly answer: RawJson; readonly repeated: boolean } | { readonly refusal: OcppError };

/** Answers all items in their order; what one station sent is handled in the order it was sent. */
export async function answerAll(work: Work, items: readonly Item[]): Promise<Outcome<Answered>[]> {
  const known = await answersTo(work, items);
  const outcomes = new Map<string, Outcome<Answered>>();
  for (const [key, json] of known)
    if (json !== null) outcomes.set(key, { answer: { answer: new RawJson(json), repeated: true } });

  const logged: Logged[] = [];
  const keep = (call: Item, end: Pick<Logged, 'answer' | 'error'>) => {
    const { stationId, messageId, digest, action, raw } = call;
    logged.push({ stationId, messageId, digest, direction: 'in', action, raw, ...end, again: known.has(keyOf(call)) });
  };
  for (const round of rounds(items.filter((it) => !outcomes.has(keyOf(it))))) {
    const later: Later = { swapReports: [], clocks: new StationClocks(work.at), lines: [] };
    const refuse = (call: Item, refusal: OcppError) => {
      outcomes.set(keyOf(call), { answer: { refusal } });
      keep(call, { answer: null, error: errorText(refusal) });
    };
    for (const it of round) if (it.refusal) refuse(it, it.refusal);
    const good = round.filter((it) => !it.refusal);
    for (const [action, calls] of Map.groupBy(good, (it) => it.action as Action)) {
      const handle = handlers[action] as Handler<Action>;
      const answers = await handle(work, calls as never, later);
      calls.forEach((call, index) => {
        const answer = answers[index]!;
        if (answer instanceof OcppError) {
          refuse(call, answer);
          return;
        }
        const json = JSON.stringify(answer);
        outcomes.set(keyOf(call), { answer: { answer: new RawJson(json), repeated: false } });
        keep(call, { answer: json });
      });
    }
    // The log is written before the swaps, whose bookings make others wait.
    await Promise.all([
      log(work, logged.splice(0)),
      anomaly(work, [...later.lines, ...later.clocks.lines()]),
      reported(work, later.swapReports),
    ]);
  }
  return items.map((it) => outcomes.get(keyOf(it))!);
}

const errorText = ({ code, message: description, details }: OcppError): string =>
  JSON.stringify({ code, description, details });

/**
 * Splits messages so that no station is in one round twice: usually that is all of them in one, for a station waits for
 * its answer; after a reconnection it may not be. A message that is there twice is handled once: it is the same moment.
 */
export function rounds<T extends MessageKey>(items: readonly T[]): T[][] {
  const result: T[][] = [];
  const next = new Map<string, number>();
  const taken = new Set<string>();
  for (const it of items) {
    if (taken.has(keyOf(it))) continue;
    taken.add(keyOf(it));
    const round = next.get(it.stationId) ?? 0;
    next.set(it.stationId, round + 1);
    result[round] ??= [];
    result[round].push(it);
  }
  return result;
}
