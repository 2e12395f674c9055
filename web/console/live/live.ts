// The feed of this page, in a browser.
import { liveApi } from '#insight/api';
import { session } from '../session/session.ts';
import { type Ear, type EventType, eventTypes, Feed } from './feed.ts';

/** Our own way back instead of EventSource's: it would give up after an HTTP error, and not tell for how long. */
function open(ear: Ear, types: readonly EventType[]): () => void {
  // With nobody to hear anything the connection still tells whether the server is there.
  const source = new EventSource(`${liveApi.live.path}?events=${types.join() || 'anomaly'}`);
  source.onopen = ear.opened;
  source.onerror = () => {
    source.close();
    ear.broke();
  };
  for (const type of eventTypes)
    source.addEventListener(type, (event) => ear.heard(type, JSON.parse((event as MessageEvent<string>).data)));
  return () => source.close();
}

export const live = new Feed({
  open,
  admitted: async () => {
    await session.check();
    const { expired, unreachable } = session.state();
    return unreachable || (!expired && session.may('network.see'));
  },
  now: () => Date.now(), // not performance.now: it stands still while a computer sleeps
  later: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
});

window.addEventListener('online', live.hurry);
document.addEventListener('visibilitychange', () => document.hidden || live.hurry());
