// One batch to one platform, over a net and to a program of which nothing is believed that was not checked.
import { Answer } from './receipt.ts';

/** What became of a batch as a whole. */
export type Posted =
  | { readonly is: 'answered'; readonly answer: Answer }
  /** It looked at the batch and will not have it as it is. */
  | { readonly is: 'refused'; readonly why: string }
  /** Nobody knows whether it has the batch: the same is sent again. */
  | { readonly is: 'failed'; readonly why: string; readonly askedMs?: number };

const MOST_BYTES = 1024 * 1024;
const failed = (why: string, askedMs?: number): Posted => ({ is: 'failed', why, ...(askedMs && { askedMs }) });

/** @param timeoutMs for all of it, so that a drip of bytes is no answer */
export async function post(url: string, notes: readonly string[], timeoutMs: number): Promise<Posted> {
  try {
    const reply = await fetch(new URL('v1/reports', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ reports: notes }),
      redirect: 'manual', // reports go to where an administrator said, and nowhere else
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (reply.status !== 200) {
      await reply.body?.cancel();
      if ([400, 413, 422].includes(reply.status)) return { is: 'refused', why: `HTTP ${reply.status}` };
      if (reply.status >= 300 && reply.status < 400)
        return failed(`HTTP ${reply.status}: it points elsewhere, which is not followed`);
      return failed(`HTTP ${reply.status}`, retryAfterMs(reply.headers));
    }
    if (!/^application\/json\b/i.test(reply.headers.get('content-type') ?? '')) {
      await reply.body?.cancel();
      return failed(`no JSON but ${(reply.headers.get('content-type') ?? 'nothing').slice(0, 60)}`);
    }
    const text = await textOf(reply);
    if (text === undefined) return failed(`an answer of more than ${MOST_BYTES} bytes`);
    const read = Answer.safeParse(JSON.parse(text));
    return read.success ? { is: 'answered', answer: read.data } : failed('an answer of another form');
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    return failed(
      name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : `${cause?.code ?? message}`.slice(0, 200),
    );
  }
}

async function textOf(reply: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of reply.body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) return undefined; // leaving the loop cancels the rest
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Seconds alone: a date would need a clock that agrees with theirs. */
function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) * 1000 : undefined;
}
