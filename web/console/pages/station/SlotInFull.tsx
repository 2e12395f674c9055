// One slot with everything that is known of it, each with its age, and what can be asked of it.
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { PackLink } from '../swap/Packs.tsx';
import { Panel } from '../swap/Panel.tsx';
import { CommandDialog } from './commands/CommandDialog.tsx';
import type { AskedAction } from './commands/forms.ts';
import type { Twin } from './Station.tsx';
import { type Slot, slotMoods, slotStateOf } from './slotState.ts';

interface Props {
  readonly twin: Twin;
  readonly slot: Slot;
  readonly onClose: () => void;
}

export function SlotInFull({ twin, slot, onClose }: Props) {
  const { t } = useWords();
  const mayOperate = useMay('station.operate');
  const [asked, ask] = useState<AskedAction>();
  return (
    <Panel
      title={t('station.slots.name', { no: slot.no })}
      end={
        <button
          type="button"
          className="plain-button is-icon"
          aria-label={t('station.slots.close', { no: slot.no })}
          onClick={onClose}
        >
          ×
        </button>
      }
    >
      <SlotFacts slot={slot} />
      {mayOperate && (
        <p className="row spaced">
          <Button onClick={() => ask('UnlockConnector')}>{t('station.slots.unlock')}</Button>
          <Button onClick={() => ask('ChangeAvailability')}>{t('station.slots.availability')}</Button>
        </p>
      )}
      {asked && (
        <CommandDialog
          twin={twin}
          action={asked}
          given={{ slot: String(slot.no), ...(slot.state === 'unavailable' && { status: 'Operative' }) }}
          onEnd={() => ask(undefined)}
        />
      )}
    </Panel>
  );
}

function SlotFacts({ slot }: { slot: Slot }) {
  const { t } = useWords();
  const formats = useFormats();
  const state = slotStateOf(slot);
  const none = <span className="quiet">{t('station.slots.notReported')}</span>;
  const rows: readonly (readonly [title: string, value: ReactNode, at?: string | null])[] = [
    [
      t('station.slots.state'),
      <State key="state" mood={slotMoods[state]}>
        {t(`station.slots.is.${state}`)}
      </State>,
      slot.stateAt,
    ],
    ...(slot.packCode
      ? ([
          [t('station.slots.pack'), <PackLink key="pack" code={slot.packCode} />],
          [t('station.slots.model'), slot.modelId ?? none],
          [t('station.slots.soc'), slot.soc === null ? none : formats.percent(slot.soc), slot.measuredAt],
          [t('station.slots.soh'), slot.soh === null ? none : formats.percent(slot.soh), slot.measuredAt],
          [
            t('station.slots.temperature'),
            slot.temperatureC === null ? none : `${formats.number(slot.temperatureC, 1)} °C`,
            slot.temperatureAt,
          ],
          [t('station.slots.power'), formats.power(slot.powerW), slot.measuredAt],
        ] as const)
      : []),
    [t('station.slots.lock'), slot.lock ? t(`station.slots.lockIs.${slot.lock}`) : none, slot.lockAt],
    ...(slot.charging
      ? ([
          [t('station.slots.chargingSince'), formats.dateTime(Date.parse(slot.charging.since))],
          [
            t('station.slots.energy'),
            <span key="energy">
              {formats.energy(slot.charging.energyWh)}{' '}
              <HowComputed
                of="slot.energy"
                what={t('station.slots.energy')}
                at={slot.measuredAt}
                exact={`${slot.charging.energyWh} Wh`}
              />
            </span>,
          ],
          [t('station.slots.transaction'), <code key="transaction">{slot.charging.transactionId}</code>],
        ] as const)
      : []),
    ...(slot.promisedTo
      ? ([
          [
            t('station.slots.promised'),
            <Link key="swap" to={`/swaps/${slot.promisedTo}`}>
              {t('station.slots.theSwap')} <span className="code">{slot.promisedTo.slice(-12)}</span>
            </Link>,
          ],
        ] as const)
      : []),
  ];
  return (
    <dl className="facts is-flush">
      {rows.map(([title, value, at]) => (
        <div key={title} className="contents">
          <dt>{title}</dt>
          <dd>
            {value} {at && <Age at={at} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
