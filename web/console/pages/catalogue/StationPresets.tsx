import type { Column } from '../../table/column.ts';
import type { Line } from './Detail.tsx';
import { ModelTable } from './ModelTable.tsx';
import { type StationPreset, useStationPresets } from './models.ts';
import { useUnits } from './useUnits.ts';

export function StationPresets() {
  const { t, number, count, power, range, kg } = useUnits();
  const gate = (it: StationPreset) => (it.wheelbaseMm ? range(it.wheelbaseMm, ' mm') : t('catalogue.none'));
  const seconds = (it: number) => `${count(it)} s`;
  const columns: Column<StationPreset>[] = [
    { key: 'name', title: t('catalogue.stations'), value: (it) => it.name, width: 140 },
    {
      key: 'id',
      title: t('catalogue.id'),
      value: (it) => it.id,
      show: (it) => <span className="code">{it.id}</span>,
      width: 110,
    },
    {
      key: 'families',
      title: t('catalogue.families'),
      value: (it) => it.families.join(', '),
      show: (it) => it.families.join(', '),
      filter: 'text',
      width: 190,
    },
    {
      key: 'profile',
      title: t('catalogue.swap'),
      value: (it) => it.profile,
      show: (it) => t(`catalogue.profile.${it.profile}`),
      width: 150,
    },
    {
      key: 'slots',
      title: t('catalogue.slots'),
      value: (it) => it.slots,
      show: (it) => count(it.slots),
      filter: 'number',
      width: 75,
    },
    {
      key: 'bays',
      title: t('catalogue.bays'),
      value: (it) => it.bays,
      show: (it) => count(it.bays),
      right: true,
      width: 75,
    },
    {
      key: 'swapSeconds',
      title: t('catalogue.swapSeconds'),
      value: (it) => it.swapSeconds,
      show: (it) => seconds(it.swapSeconds),
      right: true,
      width: 130,
    },
    {
      key: 'powerLimitW',
      title: t('catalogue.powerLimit'),
      value: (it) => it.powerLimitW,
      show: (it) => power(it.powerLimitW),
      right: true,
      width: 110,
    },
    {
      key: 'wheelbaseMm',
      title: t('catalogue.wheelbaseGate'),
      value: (it) => it.wheelbaseMm?.min,
      show: gate,
      right: true,
      width: 165,
    },
    {
      key: 'vendorMaxPerDay',
      title: t('catalogue.vendorMax'),
      value: (it) => it.vendorMaxPerDay,
      show: (it) => (it.vendorMaxPerDay === null ? '–' : count(it.vendorMaxPerDay)),
      right: true,
      width: 150,
    },
  ];
  const linesOf = (it: StationPreset): Line[] => [
    { field: 'profile', title: t('catalogue.swap'), value: t(`catalogue.profile.${it.profile}`) },
    { field: 'families', title: t('catalogue.families'), value: it.families.join(', ') },
    { field: 'slots', title: t('catalogue.slots'), value: count(it.slots) },
    { field: 'bays', title: t('catalogue.bays'), value: count(it.bays) },
    { field: 'swapSeconds', title: t('catalogue.swapSeconds'), value: seconds(it.swapSeconds) },
    { field: 'chargeTurnHours', title: t('catalogue.turn'), value: `${number(it.chargeTurnHours, 2)} h` },
    { field: 'powerLimitW', title: t('catalogue.powerLimit'), value: power(it.powerLimitW) },
    { field: 'wheelbaseMm', title: t('catalogue.wheelbaseGate'), value: gate(it) },
    { field: 'maxLoadKg', title: t('catalogue.maxLoad'), value: kg(it.maxLoadKg) },
    {
      field: 'vendorMaxPerDay',
      title: t('catalogue.vendorMax'),
      value: it.vendorMaxPerDay === null ? '–' : count(it.vendorMaxPerDay),
    },
  ];
  return (
    <ModelTable
      name="stations"
      reading={useStationPresets()}
      columns={columns}
      linesOf={linesOf}
      checkHref={(it) => `/compatibility?where=${encodeURIComponent(`preset:${it.id}`)}`}
    />
  );
}
