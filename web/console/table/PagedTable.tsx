// A table whose list the server filters and pages: it follows `nextCursor` as the reader goes down.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo } from 'react';
import type { Route } from '#kernel/api';
import { type Ask, type CallFailed, callRoute } from '../../shared/client.ts';
import type { EventType } from '../live/feed.ts';
import { useRereadOn } from '../live/hooks.ts';
import { Failure } from '../shell/Failure.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { useWords } from '../words/index.ts';
import type { DataTableProps } from './DataTable.tsx';
import { queryOf } from './download.ts';
import { type Asked, possible } from './filters.ts';
import { Grid } from './Grid.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useAsked } from './useAsked.ts';

interface Page<Row> {
  readonly items: readonly Row[];
  readonly nextCursor?: string;
  readonly at?: string;
}

type Ours = 'rows' | 'error' | 'again' | 'at' | 'came' | 'exportFilters' | 'exportIds';

interface Props<R extends Route, Row> extends Omit<DataTableProps<Row>, Ours> {
  /** A list: its reply has `items` and `nextCursor`. */
  readonly route: R;
  readonly params?: Ask<R> extends { params?: infer P } ? P : never;
  /** Fixed parts of the query. */
  readonly query?: Readonly<Record<string, string>>;
  /** The filters as this list takes them; by default `key`, `keyMin`/`keyMax`, `keyFrom`/`keyTo`, `search`, `sort` and `order`. */
  readonly toQuery?: (asked: Asked) => Readonly<Record<string, string>>;
  /** Read again when the live connection tells of these; only while the reader is at the top. */
  readonly on?: readonly EventType[];
  /** How many rows there are in all with these filters, when the server told. */
  readonly total?: number | undefined;
  /** How many rows each filter finds by itself; shown on its chip. */
  readonly counts?: Readonly<Record<string, number>>;
  /** How many rows a page has. */
  readonly limit?: number;
}

const noEvents: readonly EventType[] = [];

export function PagedTable<R extends Route, Row>(props: Props<R, Row>) {
  const {
    route,
    params,
    query = {},
    toQuery = queryOf,
    on = noEvents,
    limit = 100,
    columns,
    prefix = '',
    empty,
    canSearch = true,
  } = props;
  const { t } = useWords();
  const [inAddress, ask] = useAsked(columns, prefix);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns are new objects at each rendering, what they sort by the same
  const asked = useMemo(() => {
    const isSortable = (key: string) => columns.some((it) => it.key === key && it.sort === true);
    return possible(inAddress, { canSearch, isSortable });
  }, [inAddress, canSearch]);
  const late = useDeferredValue(asked);
  const sent = { ...toQuery(late), ...query };
  const queryKey = [route.path, { params, query: sent, limit }];
  const { data, error, isPending, dataUpdatedAt, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery<Page<Row>, CallFailed, { pages: Page<Row>[] }, typeof queryKey, string | undefined>({
      queryKey,
      queryFn: ({ pageParam, signal }) =>
        callRoute(route, {
          params,
          query: { ...sent, limit, cursor: pageParam },
          signal,
        } as unknown as Ask<R>) as Promise<unknown> as Promise<Page<Row>>,
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor,
    });
  const pages = data?.pages;
  useRereadOn((pages?.length ?? 0) <= 1 ? on : noEvents, queryKey);
  const rows = useMemo(() => pages?.flatMap((it) => it.items), [pages]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const isFiltered = Object.keys(asked.filters).length > 0 || asked.search !== '';
  const { rows: _, ...rest } = props as typeof props & { rows?: unknown };
  return (
    <section className={`table-box${props.maxHeight ? '' : ' fills'}`} aria-label={props.label}>
      <Toolbar
        {...rest}
        asked={asked}
        ask={ask}
        shown={rows?.length}
        all={hasNextPage ? props.total : rows?.length}
        at={pages?.[0]?.at}
        came={dataUpdatedAt || undefined}
        exported={() => ({ ...sent, ...props.exportQuery })}
      />
      {error && !rows ? (
        <Failure error={error} again={() => void refetch()} />
      ) : isPending || !rows ? (
        <Waiting />
      ) : (
        <Grid
          {...rest}
          rows={rows}
          total={hasNextPage ? (props.total ?? -1) : rows.length}
          sort={asked.sort}
          onSort={(sort) => ask({ ...asked, sort })}
          isSortable={(it) => it.sort === true}
          onEnd={more}
          foot={isFetchingNextPage && <p className="quiet table-foot">{t('table.more')}</p>}
        >
          {isFiltered ? t('table.noMatch') : (empty ?? t('table.empty'))}
        </Grid>
      )}
    </section>
  );
}
