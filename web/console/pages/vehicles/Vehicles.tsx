// The vehicles of the network, who drives them, and which packs are in them.
import { Link } from '@tanstack/react-router';
import { peopleReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useWords } from '../../words/index.ts';

type Vehicle = Answer<typeof peopleReads.vehicles>['items'][number];

export function Vehicles() {
  const { t } = useWords();
  const columns: Column<Vehicle>[] = [
    { key: 'vin', title: t('vehicles.vin'), value: (it) => it.vin, width: 190 },
    { key: 'plate', title: t('vehicles.plate'), value: (it) => it.plate, width: 110 },
    {
      key: 'model',
      title: t('vehicles.model'),
      value: (it) => it.modelId,
      show: (it) => it.modelName ?? it.modelId,
      filter: 'text',
      width: 220,
    },
    { key: 'firmware', title: t('vehicles.firmware'), value: (it) => it.firmware, width: 100 },
    {
      key: 'drivers',
      title: t('vehicles.drivers'),
      value: (it) => it.drivers.join(' '),
      show: (it) =>
        it.drivers.map((id) => (
          <Link key={id} to={`/drivers?q=${encodeURIComponent(id)}`}>
            {id}{' '}
          </Link>
        )),
      width: 150,
    },
    {
      key: 'packs',
      title: t('vehicles.packs'),
      value: (it) => it.packs.join(' '),
      show: (it) =>
        it.packs.length === 0 ? (
          <span className="quiet">{t('vehicles.noPack')}</span>
        ) : (
          it.packs.map((code) => (
            <Link key={code} to={`/packs/${code}`}>
              {code}{' '}
            </Link>
          ))
        ),
      width: 280,
    },
  ];
  return (
    <>
      <PageHead title={t('vehicles.title')} />
      <PagedTable
        name="vehicles"
        label={t('vehicles.title')}
        route={peopleReads.vehicles}
        columns={columns}
        rowKey={(it: Vehicle) => it.vin}
        exportAs="vehicles"
      />
    </>
  );
}
