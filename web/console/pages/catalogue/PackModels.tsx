import type { Column } from '../../table/column.ts';
import type { Line } from './Detail.tsx';
import { ModelTable } from './ModelTable.tsx';
import { firmwareText, type PackModel, usePackModels } from './models.ts';
import { useUnits } from './useUnits.ts';

export function PackModels() {
  const { t, count, energy, price, range, yesNo, mount, kg, volts } = useUnits();
  const columns: Column<PackModel>[] = [
    { key: 'name', title: t('catalogue.name'), value: (it) => it.name, width: 150 },
    {
      key: 'id',
      title: t('catalogue.id'),
      value: (it) => it.id,
      show: (it) => <span className="code">{it.id}</span>,
      width: 140,
    },
    { key: 'maker', title: t('catalogue.maker'), value: (it) => it.maker, filter: 'choice', width: 90 },
    { key: 'family', title: t('catalogue.family'), value: (it) => it.family, filter: 'choice', width: 120 },
    { key: 'chemistry', title: t('catalogue.chemistry'), value: (it) => it.chemistry, filter: 'choice', width: 90 },
    {
      key: 'energyWh',
      title: t('catalogue.energy'),
      value: (it) => it.energyWh,
      show: (it) => energy(it.energyWh),
      right: true,
      width: 95,
    },
    {
      key: 'massKg',
      title: t('catalogue.mass'),
      value: (it) => it.massKg,
      show: (it) => kg(it.massKg),
      filter: 'number',
      width: 110,
    },
    {
      key: 'nominalV',
      title: t('catalogue.nominal'),
      value: (it) => it.nominalV,
      show: (it) => volts(it.nominalV),
      right: true,
      width: 120,
    },
    {
      key: 'voltage',
      title: t('catalogue.voltage'),
      value: (it) => it.voltage.max,
      show: (it) => range(it.voltage, ' V'),
      right: true,
      width: 140,
    },
    {
      key: 'priceFen',
      title: t('catalogue.price'),
      value: (it) => it.priceFen,
      show: (it) => price(it.priceFen),
      right: true,
      width: 115,
    },
  ];
  const linesOf = (it: PackModel): Line[] => [
    { field: 'maker', title: t('catalogue.maker'), value: it.maker },
    { field: 'family', title: t('catalogue.family'), value: it.family },
    { field: 'chemistry', title: t('catalogue.chemistry'), value: it.chemistry },
    { field: 'energyWh', title: t('catalogue.energy'), value: energy(it.energyWh) },
    { field: 'massKg', title: t('catalogue.mass'), value: kg(it.massKg) },
    { field: 'series', title: t('catalogue.series'), value: count(it.series) },
    { field: 'nominalV', title: t('catalogue.nominal'), value: volts(it.nominalV) },
    { field: 'voltage', title: t('catalogue.voltage'), value: range(it.voltage, ' V') },
    ...mount(it.mount),
    { field: 'commonPlatform', title: t('catalogue.platform'), value: yesNo(it.commonPlatform) },
    { field: 'maxAgeYears', title: t('catalogue.maxAge'), value: count(it.maxAgeYears) },
    { field: 'ratedMatings', title: t('catalogue.ratedMatings'), value: count(it.ratedMatings) },
    {
      field: 'needsVehicleFirmware',
      title: t('catalogue.vehicleFirmware'),
      value: firmwareText(it.needsVehicleFirmware),
    },
    {
      field: 'needsStationFirmware',
      title: t('catalogue.stationFirmware'),
      value: firmwareText(it.needsStationFirmware),
    },
    { field: 'priceFen', title: t('catalogue.price'), value: price(it.priceFen) },
  ];
  return (
    <ModelTable
      name="packs"
      reading={usePackModels()}
      columns={columns}
      linesOf={linesOf}
      checkHref={(it) => `/compatibility?pack=${encodeURIComponent(it.id)}`}
    />
  );
}
