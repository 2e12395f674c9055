// The files of a log at an address: plain GET, no more than what a tile or bundle can be.
import { type Bytes, type Files, joined } from '#record/verify';

/** 256 entries of 65,535 bytes with their lengths; a checkpoint and a tile are far below. */
const MOST_BYTES = 256 * 65_537;

/** Nothing is known of the log, neither good nor bad. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** @throws Unreachable when the server does not answer as one that serves files */
export const remoteFiles = (
  url: string,
  { key, timeoutMs = 30_000 }: { key?: string | undefined; timeoutMs?: number } = {},
): Files => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const base = url.endsWith('/') ? url : `${url}/`;
  return async (path) => {
    const reply = await fetch(new URL(path, base), { headers, signal: AbortSignal.timeout(timeoutMs) }).catch(
      (error) => {
        throw new Unreachable(`${base} does not answer: ${error.cause?.message ?? error.message}`);
      },
    );
    if (reply.status === 404) {
      await reply.body?.cancel();
      return undefined;
    }
    if (reply.status === 401 || reply.status === 403) {
      await reply.body?.cancel();
      throw new Unreachable(`${base}${path} is for those who may copy the log: name a key with the scope "mirror"`);
    }
    if (!reply.ok || reply.body === null) throw new Unreachable(`${base}${path} answers ${reply.status}`);
    return await bytesOf(reply.body, `${base}${path}`);
  };
};

async function bytesOf(body: ReadableStream<Uint8Array>, what: string): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MOST_BYTES) throw new Unreachable(`${what} is longer than any tile or bundle`);
    parts.push(part);
  }
  return joined(...parts);
}
