import { type Door, serve, toPage } from '#kernel';
import { history, type Subject } from '#record';
import { recordApi } from './api.ts';

export const recordRoutes = (door: Door): void =>
  serve(door, recordApi, {
    history: async (work, { params, query: { cursor = '0', limit } }) => {
      const after = Number.parseInt(cursor, 10) || 0;
      const rows = await history(work, params.subject as Subject, { after, most: limit + 1 });
      return toPage(rows, limit, (it) => String(it.seq));
    },
  });
