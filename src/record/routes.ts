import { type Door, seqCursor, serve, toPage, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { history, type Subject } from '#record';
import { recordApi } from './api.ts';

/** Whether a caller reaches what an entry is about: the rooms that know whose it is stand above this one. */
type SubjectReached = (work: Work, reach: Reach, subject: string) => Promise<boolean>;

export const recordRoutes = (door: Door, reached: SubjectReached): void =>
  serve(door, recordApi, {
    history: async (work, { params, query: { cursor, limit }, reach }) => {
      if (!(await reached(work, reach, params.subject))) return { items: [] };
      const after = seqCursor(cursor);
      const rows = await history(work, params.subject as Subject, { after, most: limit + 1 });
      return toPage(rows, limit, (it) => String(it.seq));
    },
  });
