import type { insightApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import type { FactName } from '../../explain/facts/index.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Network = Answer<typeof insightApi.network>;

interface Figure {
  readonly of: FactName;
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

export function Figures({ network }: { network: Network }) {
  const { t } = useWords();
  const figures = useFigures(network);
  return (
    <section className="figures" aria-label={t('home.figures')}>
      {figures.map(({ of, name, value, note }) => (
        <div key={of} className="figure panel">
          <h2>
            {name} <HowComputed of={of} what={name} at={network.at} />
          </h2>
          <p className="figure-value">{value}</p>
          <p className="figure-note">
            <span className="quiet">{note}</span> <Age at={network.at} />
          </p>
        </div>
      ))}
    </section>
  );
}

function useFigures({ totals, stations }: Network): readonly Figure[] {
  const { t } = useWords();
  const { count, energy, power, yuan, wholeYuan } = useFormats();
  const sum = (of: (it: Network['stations'][number]) => number) => stations.reduce((all, it) => all + of(it), 0);
  const ready = sum((it) => it.ready);
  const charging = sum((it) => it.charging);
  const { energyTodayWh, revenueTodayFen } = totals;
  const large = (revenueTodayFen ?? 0) >= 1_000_000;
  return [
    {
      of: 'network.online',
      name: t('home.online'),
      value: `${count(totals.online)} / ${count(totals.stations)}`,
      note: t('home.onlineNote'),
    },
    {
      of: 'network.ready',
      name: t('home.ready'),
      value: count(ready),
      note: t('home.readyNote', { packs: count(totals.packsInStations) }),
    },
    {
      of: 'network.swapsToday',
      name: t('home.swapsToday'),
      value: count(totals.swapsToday),
      note: t('home.swapsNote', { shown: count(totals.swapsLastHour) }),
    },
    { of: 'network.openSwaps', name: t('home.open'), value: count(totals.openSwaps), note: t('home.openNote') },
    {
      of: 'network.energyToday',
      name: t('home.energy'),
      value: energyTodayWh === null ? '–' : energy(energyTodayWh),
      note: t('home.energyNote'),
    },
    {
      of: 'network.revenueToday',
      name: t('home.revenue'),
      value: revenueTodayFen === null ? '–' : large ? wholeYuan(revenueTodayFen) : yuan(revenueTodayFen),
      note: t('home.revenueNote'),
    },
    {
      of: 'network.charging',
      name: t('home.power'),
      value: power(totals.chargingW),
      note: t('home.powerNote', { shown: count(charging) }),
    },
    {
      of: 'network.onRoad',
      name: t('home.onRoad'),
      value: count(totals.packsOnRoad),
      note: t('home.onRoadNote'),
    },
  ];
}
