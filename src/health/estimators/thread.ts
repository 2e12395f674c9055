// What runs in a thread of its own: one group, trained, and the thread ends.
import { parentPort } from 'node:worker_threads';
import { trainGroup } from './group.ts';
import type { Answer, Related } from './parallel.ts';

parentPort?.once('message', ({ group, ...cells }: Related) => {
  const tell = (it: Answer) => parentPort?.postMessage(it);
  tell({ model: trainGroup(group, cells, (share) => tell({ share })) });
});
