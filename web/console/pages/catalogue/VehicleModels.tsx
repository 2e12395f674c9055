import type { Column } from '../../table/column.ts';
import type { Line } from './Detail.tsx';
import { ModelTable } from './ModelTable.tsx';
import { firmwareText, useVehicleModels, type VehicleModel } from './models.ts';
import { useUnits } from './useUnits.ts';

const uses = ['private', 'taxi', 'ride-hailing', 'freight', 'delivery'] as const satisfies VehicleModel['use'][];
const profiles = ['chassis-robot', 'truck-side', 'truck-top', 'cabinet'] as const satisfies VehicleModel['swap'][];

export function VehicleModels() {
  const { t, number, count, range, yesNo, mount, kg, mm } = useUnits();
  const words = <K extends string>(keys: readonly K[], of: (key: K) => string) =>
    Object.fromEntries(keys.map((it) => [it, of(it)]));
  const columns: Column<VehicleModel>[] = [
    { key: 'name', title: t('catalogue.name'), value: (it) => it.name, width: 170 },
    {
      key: 'id',
      title: t('catalogue.id'),
      value: (it) => it.id,
      show: (it) => <span className="code">{it.id}</span>,
      width: 150,
    },
    { key: 'brand', title: t('catalogue.brand'), value: (it) => it.brand, filter: 'choice', width: 110 },
    { key: 'class', title: t('catalogue.class'), value: (it) => it.class, filter: 'choice', width: 75 },
    {
      key: 'use',
      title: t('catalogue.use'),
      value: (it) => it.use,
      filter: 'choice',
      choices: words(uses, (it) => t(`catalogue.uses.${it}`)),
      width: 95,
    },
    {
      key: 'swap',
      title: t('catalogue.swap'),
      value: (it) => it.swap,
      filter: 'choice',
      choices: words(profiles, (it) => t(`catalogue.profile.${it}`)),
      width: 150,
    },
    {
      key: 'wheelbaseMm',
      title: t('catalogue.wheelbase'),
      value: (it) => it.wheelbaseMm,
      show: (it) => mm(it.wheelbaseMm),
      filter: 'number',
      width: 105,
    },
    {
      key: 'blocks',
      title: t('catalogue.blocks'),
      value: (it) => it.blocks.max,
      show: (it) => range(it.blocks),
      right: true,
      width: 105,
    },
    {
      key: 'whPerKm',
      title: t('catalogue.consumption'),
      value: (it) => it.whPerKm,
      show: (it) => `${number(it.whPerKm / 10, 1)} kWh/100 km`,
      right: true,
      width: 140,
    },
  ];
  const linesOf = (it: VehicleModel): Line[] => [
    { field: 'brand', title: t('catalogue.brand'), value: it.brand },
    { field: 'class', title: t('catalogue.class'), value: it.class },
    { field: 'body', title: t('catalogue.body'), value: t(`catalogue.bodies.${it.body}`) },
    { field: 'use', title: t('catalogue.use'), value: t(`catalogue.uses.${it.use}`) },
    { field: 'swap', title: t('catalogue.swap'), value: t(`catalogue.profile.${it.swap}`) },
    { field: 'wheelbaseMm', title: t('catalogue.wheelbase'), value: mm(it.wheelbaseMm) },
    { field: 'whPerKm', title: t('catalogue.consumption'), value: `${number(it.whPerKm / 10, 1)} kWh/100 km` },
    { field: 'kmPerMonth', title: t('catalogue.monthly'), value: `${count(it.kmPerMonth)} km` },
    { field: 'blocks', title: t('catalogue.blocks'), value: range(it.blocks) },
    { field: 'chemistries', title: t('catalogue.chemistries'), value: it.chemistries.join(', ') },
    { field: 'voltage', title: t('catalogue.voltageWindow'), value: range(it.voltage, ' V') },
    { field: 'maxPackMassKg', title: t('catalogue.maxPackMass'), value: kg(it.maxPackMassKg) },
    ...mount(it.mount),
    { field: 'minPackFirmware', title: t('catalogue.packFirmware'), value: firmwareText(it.minPackFirmware) },
    { field: 'commonPlatform', title: t('catalogue.platform'), value: yesNo(it.commonPlatform) },
  ];
  return (
    <ModelTable
      name="vehicles"
      reading={useVehicleModels()}
      columns={columns}
      linesOf={linesOf}
      checkHref={(it) => `/compatibility?vehicle=${encodeURIComponent(it.id)}`}
    />
  );
}
