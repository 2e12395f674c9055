import { Failed } from './say.ts';

/** Resolves when somebody wants this program to end. */
export const stopSignal = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });

/**
 * As `stopSignal` for a program that starts others: from now on a signal waits for the next `look`, which throws, so that what was
 * started is ended on the way out. A second signal ends it at once.
 */
export function stopSignalFromNow() {
  let isAsked = false;
  const asked = stopSignal().then(() => {
    isAsked = true;
  });
  const look = async () => {
    await new Promise(setImmediate); // a signal that came while nothing else could run is heard now
    if (isAsked) throw new Failed('Stopped while it was starting; nothing of it is left running', { code: 130 });
  };
  return { asked, look };
}
