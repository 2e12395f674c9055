// What is known of a pack, found again from the sessions that it was learnt from.
import type { Work } from '#kernel';
import { newWatch, type Watch, watched } from '../warning/watch.ts';
import { thresholds } from './judged.ts';
import { sessionsOf, type Watched } from './store.ts';

export async function learntAnew(work: Work, { packCode, watch: kept, learnsFrom }: Watched): Promise<Watch> {
  let watch = newWatch(kept.facts);
  if (learnsFrom) watch = { ...watch, atS: learnsFrom.epochMilliseconds / 1000 };
  for (const { session } of await sessionsOf(work, packCode, learnsFrom))
    ({ watch } = watched(watch, session, thresholds));
  return { ...watch, stream: kept.stream };
}
