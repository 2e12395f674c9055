import { useTranslation } from 'react-i18next';
import type { Network } from '../data/contract.ts';
import type { View } from '../data/view.ts';
import { useFormats, useMatches, useNow } from './hooks.ts';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** Live ones follow every event, the others each reading of the network. */
  readonly isLive: boolean;
}

export function Totals({ view: { network, fetchedAt, heardAt } }: { view: View }) {
  const { t } = useTranslation();
  const figures = useFigures(network);
  const isScrolled = useMatches('(max-width: 1179px)'); // then it has to be reachable by keyboard
  return (
    <section className="totals" aria-label={t('totals.label')} {...(isScrolled && { tabIndex: 0 })}>
      {figures.map(({ name, value, note, isLive }) => {
        const at = isLive ? heardAt : fetchedAt;
        return (
          <div key={name} className="figure">
            <h2>{name}</h2>
            <p className="figure-value">{value}</p>
            <p className="figure-note">
              <span className="figure-what">{note}</span>
              <Age at={at} />
            </p>
          </div>
        );
      })}
    </section>
  );
}

/** How old a figure is. */
function Age({ at }: { at: number | undefined }) {
  const { t } = useTranslation();
  const { ago } = useFormats();
  const now = useNow();
  if (at === undefined) return null;
  const said = ago(now - at);
  return (
    <small title={t('totals.updated', { ago: said })}>
      <span className="hidden">{t('totals.updated', { ago: '' })}</span>
      {said}
    </small>
  );
}

function useFigures(network: Network | undefined): Figure[] {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!network) return [];
  const { totals, stations } = network;
  const ready = stations.reduce((sum, it) => sum + it.ready, 0);
  const charging = stations.reduce((sum, it) => sum + it.charging, 0);
  const { count, energy, power, yuan, wholeYuan } = formats;
  const { energyTodayWh, revenueTodayFen } = totals;
  const money = (revenueTodayFen ?? 0) < 1_000_000 ? yuan : wholeYuan;
  // What the network earns is told to those who run it.
  const runners: Figure[] =
    energyTodayWh === null || revenueTodayFen === null
      ? []
      : [
          { name: t('totals.energy'), value: energy(energyTodayWh), note: t('totals.energyNote'), isLive: false },
          { name: t('totals.revenue'), value: money(revenueTodayFen), note: t('totals.revenueNote'), isLive: false },
        ];
  return [
    {
      name: t('totals.online'),
      value: count(totals.online),
      note: t('totals.ofAll', { shown: count(totals.stations) }),
      isLive: true,
    },
    {
      name: t('totals.ready'),
      value: count(ready),
      note: t('totals.ofPacks', { packs: count(totals.packsInStations) }),
      isLive: true,
    },
    {
      name: t('totals.today'),
      value: count(totals.swapsToday),
      note: t('totals.open', { shown: count(totals.openSwaps) }),
      isLive: false,
    },
    { name: t('totals.lastHour'), value: count(totals.swapsLastHour), note: t('totals.lastHourNote'), isLive: false },
    ...runners,
    {
      name: t('totals.charging'),
      value: power(totals.chargingW),
      note: t('totals.chargingNote', { count: charging, shown: count(charging) }),
      isLive: false,
    },
  ];
}
