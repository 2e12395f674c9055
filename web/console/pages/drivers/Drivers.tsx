// Who swaps: drivers, their vehicles and tokens, what they have paid ahead; top-ups and blocked tokens.
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { peopleReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useMay } from '../../session/hooks.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { DriverDrawer } from './DriverDrawer.tsx';
import { useTopUp } from './useTopUp.tsx';

export type Driver = Answer<typeof peopleReads.drivers>['items'][number];

export function Drivers() {
  const { t } = useWords();
  const { yuan } = useFormats();
  const [open, setOpen] = useState<Driver>();
  const mayTopUp = useMay('money.topUp');
  const topUp = useTopUp();
  const columns: Column<Driver>[] = [
    { key: 'name', title: t('drivers.name'), value: (it) => it.name, width: 200 },
    { key: 'id', title: t('drivers.id'), value: (it) => it.id, width: 110 },
    {
      key: 'payment',
      title: t('drivers.payment'),
      value: (it) => it.payment,
      filter: 'choice',
      choices: { prepaid: t('drivers.prepaid'), postpaid: t('drivers.postpaid') },
      width: 110,
    },
    {
      key: 'balance',
      title: t('drivers.balance'),
      head: <HowComputed of="driver.balance" what={t('drivers.balance')} />,
      value: (it) => it.balanceFen,
      show: (it) => (it.balanceFen === null ? '–' : yuan(it.balanceFen)),
      right: true,
      width: 115,
    },
    {
      key: 'available',
      title: t('drivers.available'),
      head: <HowComputed of="driver.available" what={t('drivers.available')} />,
      value: (it) => it.availableFen,
      show: (it) => (it.availableFen === null ? '–' : yuan(it.availableFen)),
      right: true,
      width: 115,
    },
    { key: 'tokens', title: t('drivers.tokens'), value: (it) => it.tokens, right: true, width: 80 },
    {
      key: 'vehicles',
      title: t('drivers.vehicles'),
      value: (it) => it.vins.join(' '),
      show: (it) =>
        it.vins.map((vin) => (
          <Link key={vin} to={`/vehicles?q=${vin}`}>
            {vin}{' '}
          </Link>
        )),
      width: 200,
    },
    ...(mayTopUp
      ? [
          {
            key: 'act',
            title: t('drivers.act'),
            value: () => null,
            show: (it: Driver) =>
              it.payment === 'prepaid' && (
                <Button size="small" onClick={() => void topUp(it)}>
                  {t('drivers.topUp')}
                </Button>
              ),
            width: 110,
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={t('drivers.title')} note={t('drivers.note')} />
      <PagedTable
        name="drivers"
        label={t('drivers.title')}
        route={peopleReads.drivers}
        columns={columns}
        rowKey={(it: Driver) => it.id}
        onOpen={setOpen}
        exportAs="drivers"
      />
      {open && <DriverDrawer driver={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
