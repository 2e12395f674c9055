// Reads a route of a contract: useRead(stationApi.show, { params: { stationId } }, { on: ['station'] }).
import { type QueryKey, useQuery } from '@tanstack/react-query';
import type { Route } from '#kernel/api';
import { type Answer, type Ask, type CallFailed, callRoute } from '../../shared/client.ts';
import type { EventType } from '../live/feed.ts';
import { useRereadOn } from '../live/hooks.ts';

export interface Reading<T> {
  readonly data: T | undefined;
  /** The last try failed; `data` may still hold what came before. */
  readonly error: CallFailed | undefined;
  readonly isPending: boolean;
  /** Browser time in ms when `data` came: for `<Age came={…}>`. */
  readonly came: number;
  readonly again: () => void;
}

interface How {
  /** Read again when the live connection tells of these. */
  readonly on?: readonly EventType[];
  /** Read again so often in any case. */
  readonly everyMs?: number;
  readonly enabled?: boolean;
}

export const keyOf = (route: Pick<Route, 'path'>, ask?: object): QueryKey => (ask ? [route.path, ask] : [route.path]);

export function useRead<R extends Route>(route: R, ask?: Ask<R>, how: How = {}): Reading<Answer<R>> {
  const queryKey = keyOf(route, ask);
  const { on = [], everyMs, enabled = true } = how;
  useRereadOn(enabled ? on : [], queryKey);
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery<Answer<R>, CallFailed>({
    queryKey,
    queryFn: ({ signal }) => callRoute(route, { ...ask, signal } as Ask<R>),
    enabled,
    ...(everyMs && { refetchInterval: everyMs }),
  });
  return { data, error: error ?? undefined, isPending, came: dataUpdatedAt, again: () => void refetch() };
}
