// The board of a page: read when it opens, changed by what the live connection tells, read again after a loss.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { mapApi } from '#insight/api';
import { type CallFailed, callRoute } from '../../../shared/client.ts';
import { useNews } from '../../live/hooks.ts';
import { live } from '../../live/live.ts';
import { Board, type Change } from './data/board.ts';

/** A station that nobody knows is asked for at most so often. */
const AGAIN_MS = 10_000;

/** A server that was silent is asked again: nobody may stand by to do it. */
const RETRY_MS = 5_000;

interface Reading {
  readonly board: Board;
  readonly error: CallFailed | undefined;
  readonly isPending: boolean;
  readonly again: () => void;
}

export function useBoard(): Reading {
  const [board] = useState(() => new Board());
  const askedAt = useRef(0);
  const { data, error, isPending, refetch } = useQuery<Awaited<ReturnType<typeof read>>, CallFailed>({
    queryKey: [mapApi.now.path],
    queryFn: ({ signal }) => read(signal),
    structuralSharing: false, // comparing what was with what is would take longer than showing it
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => state.status === 'error' && RETRY_MS,
  });
  useEffect(() => {
    if (data) void board.load(data, breathe);
  }, [data, board]);
  useEffect(() => live.onReturn(() => void refetch()), [refetch]);
  useNews('stations', (news) => {
    let isStrange = false;
    for (const { at, rows } of news) isStrange = board.change(String(at), rows as readonly Change[]) || isStrange;
    if (!isStrange || Date.now() - askedAt.current < AGAIN_MS) return;
    askedAt.current = Date.now();
    void refetch();
  });
  return { board, error: error ?? undefined, isPending, again: () => void refetch() };
}

const read = (signal: AbortSignal) => callRoute(mapApi.now, { signal });

/** Lets the page do what else is waiting. */
const breathe = () => new Promise<void>((done) => setTimeout(done));
