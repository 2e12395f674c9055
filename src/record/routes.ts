import { type Door, seqCursor, serve, toPage } from '#kernel';
import { history, type Subject } from '#record';
import { recordApi } from './api.ts';

export const recordRoutes = (door: Door): void =>
  serve(door, recordApi, {
    history: async (work, { params, query: { cursor, limit } }) => {
      const after = seqCursor(cursor);
      const rows = await history(work, params.subject as Subject, { after, most: limit + 1 });
      return toPage(rows, limit, (it) => String(it.seq));
    },
  });
