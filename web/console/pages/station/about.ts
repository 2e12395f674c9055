// Reads a route anew when the live connection tells of the one thing that is shown, and not of all the others.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Route } from '#kernel/api';
import type { Answer, Ask } from '../../../shared/client.ts';
import { keyOf, type Reading, useRead } from '../../api/read.ts';
import type { EventType } from '../../live/feed.ts';
import { useConnection } from '../../live/hooks.ts';
import { live } from '../../live/live.ts';

type News = Readonly<Record<string, unknown>>;
/** Which news of a type are about what is shown. */
export type About = Partial<Readonly<Record<EventType, (news: News) => boolean>>>;

/** At most so often; news come twice a second at the most. */
const GAP_MS = 1_000;
/** When nobody tells us anything, we look by ourselves. */
const SILENT_MS = 10_000;

export function useReadAbout<R extends Route>(route: R, ask: Ask<R>, about: About): Reading<Answer<R>> {
  const queries = useQueryClient();
  const { state } = useConnection();
  const queryKey = keyOf(route, ask);
  const key = JSON.stringify(queryKey);
  const types = Object.keys(about).join();
  const newest = useRef(about);
  newest.current = about;
  useEffect(() => {
    const read = () => void queries.invalidateQueries({ queryKey: JSON.parse(key) as string[] });
    let [timer, readAt]: [ReturnType<typeof setTimeout> | undefined, number] = [undefined, 0];
    const soon = () => {
      timer ??= setTimeout(
        () => {
          [timer, readAt] = [undefined, Date.now()];
          read();
        },
        Math.max(0, readAt + GAP_MS - Date.now()),
      );
    };
    const heard = (types.split(',') as EventType[]).map((type) =>
      live.listen(type, (news) => {
        if (news.some((it) => newest.current[type]?.(it))) soon();
      }),
    );
    const ends = [...heard, live.onReturn(read)];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [queries, key, types]);
  return useRead(route, ask, { everyMs: state === 'live' ? 30_000 : SILENT_MS });
}
