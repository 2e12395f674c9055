// Pages and actions that the one who sits here has, and what the server finds by the same words.
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { bookReads, packReads, peopleReads, stationReads } from '#insight/api';
import type { Route } from '#kernel/api';
import { type Answer, type Ask, callRoute } from '../../shared/client.ts';
import { languages } from '../../shared/words.ts';
import { pages } from '../pages.ts';
import { useMay, useSession } from '../session/hooks.ts';
import { leave } from '../session/leave.ts';
import { mayIn } from '../session/session.ts';
import { chooseTheme } from '../shell/theme.ts';
import { chooseLanguage, useWords } from '../words/index.ts';
import { type Entry, fitting, swapEntry } from './entries.ts';
import { overlay } from './shortcuts.ts';

const MOST = 6;

export function useEntries(text: string): { entries: readonly Entry[]; isSearching: boolean } {
  const own = useOwn();
  const asked = useDeferredValue(text.trim());
  const stations = useFound(stationReads.table, asked, useMay('station.see'));
  const packs = useFound(packReads.list, asked, useMay('pack.see'));
  const drivers = useFound(peopleReads.drivers, asked, useMay('person.see'));
  const vehicles = useFound(peopleReads.vehicles, asked, useMay('person.see'));
  const accounts = useFound(bookReads.accounts, asked, useMay('ledger.see'));
  const found: Entry[] = [
    ...(stations.data?.items ?? []).map((it) => entry('station', it.id, `${it.name} · ${it.id}`, `/stations/${it.id}`)),
    ...(packs.data?.items ?? []).map((it) => entry('pack', it.code, it.code, `/packs/${it.code}`)),
    ...(drivers.data?.items ?? []).map((it) =>
      entry('driver', it.id, `${it.name} · ${it.id}`, `/drivers?q=${encodeURIComponent(it.id)}`),
    ),
    ...(vehicles.data?.items ?? []).map((it) =>
      entry('vehicle', it.vin, `${it.plate} · ${it.vin}`, `/vehicles?q=${encodeURIComponent(it.vin)}`),
    ),
    ...(accounts.data?.items ?? []).map((it) =>
      entry('account', String(it.id), `${it.holder} · ${it.unit} ${it.asset}`, `/ledger/accounts/${it.id}`),
    ),
  ];
  return {
    entries: [...fitting(own, text), ...swapEntry(text), ...(asked === '' ? [] : found)],
    isSearching: [stations, packs, drivers, vehicles, accounts].some((it) => it.isFetching),
  };
}

const icons = {
  station: 'stations',
  pack: 'packs',
  driver: 'drivers',
  vehicle: 'vehicles',
  account: 'ledger',
} as const;
const entry = (kind: keyof typeof icons, id: string, title: string, to: string): Entry => ({
  key: `${kind} ${id}`,
  kind,
  title,
  icon: icons[kind],
  to,
});

function useOwn(): readonly Entry[] {
  const { t } = useWords();
  const session = useSession();
  return useMemo(() => {
    const action = (key: string, title: string, icon: Entry['icon'], act: () => void): Entry => ({
      key,
      kind: 'action',
      title,
      icon,
      act,
    });
    return [
      ...pages
        .filter((it) => !it.path.includes('$') && mayIn(session, it.needs))
        .map(
          (it): Entry => ({
            key: it.path,
            kind: 'page',
            title: t(it.title),
            icon: it.icon,
            also: it.path,
            to: it.path,
          }),
        ),
      ...languages.map((it) =>
        action(
          `language ${it}`,
          `${t('language.label')}: ${t(`language.${it}`)}`,
          'language',
          () => void chooseLanguage(it),
        ),
      ),
      ...(['light', 'dark', 'system'] as const).map((it) =>
        action(`theme ${it}`, `${t('theme.label')}: ${t(`theme.${it}`)}`, 'theme', () => chooseTheme(it)),
      ),
      action('help', t('keys.title'), 'help', () => overlay.set('help')),
      ...(session.me ? [action('sign out', t('you.signOut'), 'signOut', () => void leave())] : []),
    ];
  }, [t, session]);
}

/** What a list of the server's finds by these words; nothing while there are none. */
function useFound<R extends Route>(route: R, search: string, may: boolean) {
  return useQuery<Answer<R>>({
    queryKey: [route.path, 'palette', search],
    queryFn: ({ signal }) => callRoute(route, { query: { search, limit: MOST }, signal } as unknown as Ask<R>),
    enabled: may && search !== '',
    staleTime: 10_000,
    retry: false,
  });
}
