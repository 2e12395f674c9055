// The driver's phone: Packloop's HTTP API with an API key of scope `drive`.

/** A pack that is set aside, or why not: the code of the problem. */
export type Booking = { readonly swapId: string } | { readonly why: string };

export interface App {
  reserve(stationId: string, idToken: string, arriveBy: Temporal.Instant): Promise<Booking>;
  /** Starts a swap from afar. @returns the code of the problem, or nothing when the station is asked */
  start(stationId: string, idToken: string): Promise<string | undefined>;
  cancel(swapId: string): Promise<void>;
}

export interface AppOptions {
  readonly httpUrl: string;
  readonly apiKey: string;
  /** For Idempotency-Key: never the same again. */
  newKey(): string;
}

const TIMEOUT_MS = 15_000;

/** No answer is `unreachable`: the driver then goes without the phone. */
export function phone({ httpUrl, apiKey, newKey }: AppOptions): App {
  const post = async (path: string, body: object): Promise<{ id: string } | { why: string }> => {
    try {
      const response = await fetch(new URL(path, httpUrl), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': newKey(),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = (await response.json()) as { id?: string; type?: string };
      if (response.ok) return { id: answer.id ?? '' };
      return { why: answer.type?.split('/').at(-1) ?? `http-${response.status}` };
    } catch {
      return { why: 'unreachable' };
    }
  };
  const at = (stationId: string) => `/v1/stations/${encodeURIComponent(stationId)}`;
  return {
    async reserve(stationId, idToken, arriveBy) {
      const booked = await post(`${at(stationId)}/reservations`, { idToken, arriveBy: arriveBy.toString() });
      return 'id' in booked ? { swapId: booked.id } : booked;
    },
    async start(stationId, idToken) {
      const started = await post(`${at(stationId)}/swaps`, { idToken });
      return 'why' in started ? started.why : undefined;
    },
    async cancel(swapId) {
      await post(`/v1/swaps/${encodeURIComponent(swapId)}/cancel`, {});
    },
  };
}
