// The operator's console: the whole network on one page.
import {
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from './data/contract.ts';
import { everything, filtered } from './data/filter.ts';
import type { View } from './data/view.ts';
import type { Watch } from './data/watch.ts';
import { NetworkMap } from './map/Map.tsx';
import { Anomalies } from './parts/Anomalies.tsx';
import { Detail } from './parts/Detail.tsx';
import { Feed } from './parts/Feed.tsx';
import { Header } from './parts/Header.tsx';
import { useMatches } from './parts/hooks.ts';
import { Empty, Lost, Waiting } from './parts/States.tsx';
import { Stations } from './parts/Stations.tsx';
import { type Tab, Tabs } from './parts/Tabs.tsx';
import { Tip } from './parts/Tip.tsx';
import { Totals } from './parts/Totals.tsx';

export function Console({ watch }: { watch: Watch }) {
  const { t, i18n } = useTranslation();
  const view = useSyncExternalStore(watch.subscribe, watch.view);
  useEffect(() => {
    document.documentElement.lang = i18n.language;
    document.title = t('title');
  }, [t, i18n.language]);
  const { network } = view;
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header view={view} />
      <Lost view={view} onRetry={watch.hurry} />
      {!network ? (
        <Waiting view={view} onRetry={watch.hurry} />
      ) : network.stations.length === 0 ? (
        <Empty />
      ) : (
        <Board view={view} network={network} />
      )}
      <Tip />
    </div>
  );
}

function Board({ view, network }: { view: View; network: Network }) {
  const { stations } = network;
  const [filter, setFilter] = useState(everything);
  const asked = useDeferredValue(filter);
  const shown = useMemo(() => filtered(stations, asked), [stations, asked]);
  const matching = useMemo(() => new Set(shown.map((it) => it.id)), [shown]);
  const names = useMemo(() => new Map(stations.map((it) => [it.id as string, it])), [stations]);
  const isWide = useMatches('(min-width: 1180px)');
  const [tab, setTab] = useState<Tab>('stations');
  const [selected, setSelected] = useSelected(network);
  const select = useCallback(
    (id: string) => {
      setSelected(id);
      setTab('map'); // where a narrow page has the station's detail
    },
    [setSelected],
  );
  const parts: Record<Tab, ReactNode> = {
    map: (
      <div className="column is-place">
        <NetworkMap stations={stations} matching={matching} selected={selected} onSelect={select} />
        <Detail station={names.get(selected ?? '')} view={view} />
      </div>
    ),
    stations: (
      <div className="column">
        <Stations
          all={stations}
          shown={shown}
          swaps={view.swaps}
          filter={filter}
          onFilter={setFilter}
          selected={selected}
          onSelect={select}
        />
      </div>
    ),
    swaps: <Feed swaps={view.swaps} names={names} onSelect={select} />,
    anomalies: <Anomalies anomalies={view.anomalies} names={names} onSelect={select} />,
  };
  return (
    <>
      <Totals view={view} />
      {isWide ? (
        <main className="board" id="main" tabIndex={-1}>
          {parts.map}
          {parts.stations}
          <div className="column is-news">
            {parts.swaps}
            {parts.anomalies}
          </div>
        </main>
      ) : (
        <>
          <main className="board is-narrow" id="main" tabIndex={-1}>
            {parts[tab]}
          </main>
          <Tabs tab={tab} onTab={setTab} />
        </>
      )}
    </>
  );
}

/** The chosen station, kept in the address so that it can be passed on; at first one where something happens. */
function useSelected({ stations }: Network): [string | undefined, (id: string) => void] {
  const [selected, setSelected] = useState(() => {
    const asked = decodeURIComponent(location.hash.slice(1));
    return (stations.find((it) => it.id === asked) ?? stations.find((it) => it.openSwap) ?? stations[0])?.id as
      | string
      | undefined;
  });
  const choose = useCallback((id: string) => {
    setSelected(id);
    history.replaceState(null, '', `#${encodeURIComponent(id)}`);
  }, []);
  return [selected, choose];
}
