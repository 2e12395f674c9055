import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Cell, Group } from './cells/cycle.ts';
import type { GroupModel } from './group.ts';

/** A group to be trained, with its cells. */
export interface Task {
  readonly group: Group;
  readonly train: readonly Cell[];
  readonly calibration: readonly Cell[];
}

/** A task with the training cells of other groups of the same chemistry and size: never a cell that anybody tests on. */
export interface Related extends Task {
  readonly siblings: readonly Cell[];
}

const siblingsOf = ({ group }: Task, all: readonly Task[]): readonly Cell[] =>
  all.flatMap((it) =>
    it.group.name !== group.name && it.group.chemistry === group.chemistry && it.group.nominalAh === group.nominalAh
      ? it.train
      : [],
  );

export type Answer = { readonly share: number } | { readonly model: GroupModel };

/**
 * Trains the groups, as many at once as there are cores, the largest first. What comes out does not depend on how many.
 * @param progress is told how many groups are done, parts of groups counted
 */
export async function trainGroups(
  tasks: readonly Task[],
  progress: (done: number) => void = () => {},
): Promise<readonly GroupModel[]> {
  const shares = tasks.map(() => 0);
  const models: GroupModel[] = [];
  const size = (it: Task) => it.train.reduce((sum, cell) => sum + cell.rows, 0);
  const waiting = [...tasks.keys()].sort((a, b) => size(tasks[b]!) - size(tasks[a]!));
  const workOff = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const which = next;
      models[which] = await inThread({ ...tasks[which]!, siblings: siblingsOf(tasks[which]!, tasks) }, (share) => {
        shares[which] = share;
        progress(shares.reduce((a, b) => a + b, 0));
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(tasks.length, availableParallelism(), 4) }, workOff));
  return models;
}

const inThread = (task: Related, progress: (share: number) => void): Promise<GroupModel> =>
  new Promise((done, failed) => {
    const thread = new Worker(new URL('./thread.ts', import.meta.url));
    thread.on('message', (it: Answer) => {
      if ('share' in it) progress(it.share);
      else {
        progress(1);
        void thread.terminate();
        done(it.model);
      }
    });
    thread.on('error', failed);
    thread.postMessage(task);
  });
