// What a file in actions/ is: it translates one action's calls, of many stations at once, into verbs of other rooms.
import { Refused, type Work } from '#kernel';
import { OcppError } from '#link';
import type { Anomaly } from '#station';
import type { SwapReport } from '#swap';
import type { SlotNo, StationId } from '#units';
import type { StationClocks } from './clocks.ts';
import type { Action, Request, Response } from './schema/types.ts';

/** One call, with a payload that keeps to the schema. */
export interface Call<A extends Action> {
  readonly stationId: StationId;
  readonly payload: Request<A>;
}

/**
 * What actions leave to be done together once all of them had their turn. Swaps book on accounts that many stations share
 * (those of owners): booked in one go, two transactions at a time take them in one order and never wait for each other.
 */
export interface Later {
  readonly swapReports: SwapReport[];
  readonly clocks: StationClocks;
  /** For the operator. */
  readonly lines: Anomaly[];
}

/** Answers all calls in their order; a station is among them at most once. An error refuses one call without effects. */
export type Handler<A extends Action> = (
  work: Work,
  calls: readonly Call<A>[],
  later: Later,
) => Promise<readonly (Response<A> | OcppError)[]>;

/** Reads every call with `read`; a call that it throws an OcppError on is refused, the others go on. */
export function readEach<A extends Action, T>(
  calls: readonly Call<A>[],
  read: (call: Call<A>) => T,
): { readonly good: readonly T[]; answers(answer: Response<A>): readonly (Response<A> | OcppError)[] } {
  const good: T[] = [];
  const errors = calls.map((call) => {
    try {
      good.push(read(call));
      return undefined;
    } catch (error) {
      if (error instanceof OcppError) return error;
      throw error;
    }
  });
  return { good, answers: (answer) => errors.map((it) => it ?? answer) };
}

/** Integers of OCPP have 32 bits (part 2 section 2.1.3). @throws OcppError outside */
export function int32(value: number, field: string): number {
  if (value >= -2_147_483_648 && value <= 2_147_483_647) return value;
  throw new OcppError('PropertyConstraintViolation', `${field} must have 32 bits, not ${value}`, { field });
}

/** The slot an EVSE id stands for; 0 is the whole station and no slot. @throws OcppError when it has more than 32 bits */
export function slotOf(evseId: number | undefined, field: string): SlotNo | undefined {
  return evseId === undefined || evseId < 1 ? undefined : (int32(evseId, field) as SlotNo);
}

/**
 * A refusal of another room as an OCPP error (part 4 section 4.3): 401 and 403 are a matter of security, 400 and 422 of
 * a wrong value; all else is a state of affairs that OCPP has no code for. Code and facts travel in the details.
 */
export function asOcppError(error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  const code =
    error.status === 401 || error.status === 403
      ? 'SecurityError'
      : error.status === 400 || error.status === 422
        ? 'PropertyConstraintViolation'
        : 'GenericError';
  return new OcppError(code, error.message, { ...error.facts, code: error.code });
}
