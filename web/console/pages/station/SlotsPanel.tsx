// The slots: as racks beside the bay, or as a table that can be sorted, filtered and read aloud.
import { Segmented } from 'antd';
import { useState } from 'react';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { PackLink } from '../swap/Packs.tsx';
import { Panel } from '../swap/Panel.tsx';
import { Racks } from './Racks.tsx';
import type { Twin } from './Station.tsx';
import { type Slot, slotMoods, slotStateOf, slotStates } from './slotState.ts';

interface Props {
  readonly twin: Twin;
  readonly chosen: number | undefined;
  readonly onChoose: (no: number) => void;
}

type How = 'racks' | 'table';

export function SlotsPanel(props: Props) {
  const { t } = useWords();
  const [how, setHow] = useState<How>('racks');
  return (
    <Panel
      title={t('station.slots.title')}
      end={
        <Segmented<How>
          value={how}
          onChange={setHow}
          aria-label={t('station.slots.how')}
          options={(['racks', 'table'] as const).map((it) => ({ value: it, label: t(`station.slots.${it}`) }))}
        />
      }
    >
      {how === 'racks' ? <Racks {...props} /> : <SlotTable {...props} />}
    </Panel>
  );
}

function SlotTable({ twin, onChoose }: Props) {
  const { t } = useWords();
  const formats = useFormats();
  const columns: Column<Slot>[] = [
    { key: 'no', title: t('station.slots.short'), value: (it) => it.no, filter: 'number', width: 90 },
    {
      key: 'state',
      title: t('station.slots.state'),
      value: slotStateOf,
      choices: Object.fromEntries(slotStates.map((it) => [it, t(`station.slots.is.${it}`)])),
      show: (it) => <State mood={slotMoods[slotStateOf(it)]}>{t(`station.slots.is.${slotStateOf(it)}`)}</State>,
      filter: 'choice',
      width: 130,
    },
    {
      key: 'pack',
      title: t('station.slots.pack'),
      value: (it) => it.packCode,
      show: (it) => it.packCode && <PackLink code={it.packCode} />,
      width: 230,
    },
    {
      key: 'soc',
      title: t('station.slots.socShort'),
      value: (it) => it.soc,
      show: (it) => it.soc !== null && formats.percent(it.soc),
      filter: 'number',
      width: 90,
    },
    {
      key: 'soh',
      title: t('station.slots.sohShort'),
      value: (it) => it.soh,
      show: (it) => it.soh !== null && formats.percent(it.soh),
      filter: 'number',
      width: 90,
    },
    {
      key: 'power',
      title: t('station.slots.power'),
      value: (it) => it.powerW,
      show: (it) => formats.power(it.powerW),
      filter: 'number',
      width: 100,
    },
    {
      key: 'measured',
      title: t('station.slots.age'),
      value: (it) => it.measuredAt,
      show: (it) => it.measuredAt && <Age at={it.measuredAt} always />,
      width: 110,
    },
    {
      key: 'temperature',
      title: t('station.slots.temperature'),
      value: (it) => it.temperatureC,
      show: (it) =>
        it.temperatureC !== null && (
          <>
            {formats.number(it.temperatureC, 1)} °C <Age at={it.temperatureAt} />
          </>
        ),
      filter: 'number',
      width: 150,
    },
    {
      key: 'lock',
      title: t('station.slots.lock'),
      value: (it) => it.lock,
      choices: {
        open: t('station.slots.lockIs.open'),
        locked: t('station.slots.lockIs.locked'),
        faulted: t('station.slots.lockIs.faulted'),
      },
      filter: 'choice',
      width: 110,
    },
    {
      key: 'energy',
      right: true,
      title: t('station.slots.energy'),
      head: <HowComputed of="slot.energy" what={t('station.slots.energy')} />,
      value: (it) => it.charging?.energyWh,
      show: (it) => it.charging && formats.energy(it.charging.energyWh),
      width: 150,
    },
  ];
  return (
    <DataTable
      name="slots"
      label={t('station.slots.title')}
      columns={columns}
      rowKey={(it) => String(it.no)}
      rows={twin.slots}
      at={twin.at}
      onOpen={(it) => onChoose(it.no)}
      prefix="s."
      exportAs="slots"
      exportQuery={{ station: twin.station.id }}
      maxHeight={620}
    />
  );
}
