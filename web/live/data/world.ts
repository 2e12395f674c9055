// The watch's world in a browser.
import { insightApi, liveApi } from '#insight/api';
import { client } from '../../shared/client.ts';
import type { Ear, World } from './watch.ts';

/** A server that takes longer than this has gone, for all that a reader can tell. */
const PATIENCE_MS = 15_000;
const RECENT = 100;

const insight = client(insightApi);
const patience = () => AbortSignal.timeout(PATIENCE_MS);

export const browserWorld: World = {
  network: () => insight.network({ signal: patience() }),
  swaps: async () => (await insight.swaps({ query: { limit: RECENT }, signal: patience() })).items,
  anomalies: async () => (await insight.anomalies({ query: { limit: RECENT }, signal: patience() })).items,
  listen: (ear) => listen(liveApi.live.path, ear),
  now: () => Date.now(), // not performance.now: it stands still while a computer sleeps
  later: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  // A hidden page is drawn no frames; it keeps up once a second.
  nextFrame: (act) => void (document.hidden ? setTimeout(act, 1_000) : requestAnimationFrame(act)),
};

/** Our own way back instead of EventSource's: it would give up after an HTTP error, and not tell for how long. */
function listen(url: string, ear: Ear): () => void {
  const source = new EventSource(url);
  source.onopen = ear.opened;
  source.onerror = () => {
    source.close();
    ear.broke();
  };
  for (const type of ['swap', 'station', 'anomaly'] as const)
    source.addEventListener(type, (event) => ear.heard(type, JSON.parse(event.data)));
  return () => source.close();
}
