import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Connection, EventType } from './feed.ts';
import { live } from './live.ts';
import { useStore } from './store.ts';

export const useConnection = (): Connection => useStore(live);

/** Hears the news of one type while the component is there, at most twice a second. */
export function useNews(type: EventType, hear: (news: readonly Readonly<Record<string, unknown>>[]) => void): void {
  const newest = useRef(hear);
  newest.current = hear;
  useEffect(() => live.listen(type, (news) => newest.current(news)), [type]);
}

/** Reads a query again when something of these types happened (at most every `gapMs`), and after a lost connection. */
export function useRereadOn(types: readonly EventType[], queryKey: QueryKey, gapMs = 2_000): void {
  const queries = useQueryClient();
  const key = JSON.stringify(queryKey);
  const wanted = types.join();
  useEffect(() => {
    const types = wanted.split(',').filter(Boolean) as EventType[];
    const read = () => void queries.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
    let [timer, readAt]: [ReturnType<typeof setTimeout> | undefined, number] = [undefined, 0];
    const soon = () => {
      timer ??= setTimeout(
        () => {
          [timer, readAt] = [undefined, Date.now()];
          read();
        },
        Math.max(0, readAt + gapMs - Date.now()),
      );
    };
    const ends = types.length > 0 ? [...types.map((type) => live.listen(type, soon, soon)), live.onReturn(read)] : [];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [queries, key, wanted, gapMs]);
}
