// A stream goes on as long as who opened it may still see it.
import type { FastifyRequest } from 'fastify';
import { type Caller, demand } from './caller.ts';
import { Refused } from './refused.ts';
import type { May } from './route.ts';
import type { Door } from './serve.ts';

const LOOK_MS = 2_000;

/**
 * Looks again and again whether the key or session of a request still stands, and calls `end` once it does not.
 * @returns the function that stops looking
 */
export function watchOver(
  door: Pick<Door, 'identify'>,
  request: FastifyRequest,
  may: May,
  end: () => void,
): () => void {
  let before: Caller['kind'] | undefined;
  const isOver = async (): Promise<boolean> => {
    try {
      const caller = await door.identify(request);
      demand(caller, may);
      const hasLeft = before === 'person' && caller.kind === 'nobody';
      before = caller.kind;
      return hasLeft;
    } catch (error) {
      return error instanceof Refused; // the database being away is no reason to send anybody away
    }
  };
  const timer = setInterval(async () => {
    if (!(await isOver())) return;
    clearInterval(timer);
    end();
  }, LOOK_MS).unref();
  void isOver(); // remembers who it is that looks
  return () => clearInterval(timer);
}
