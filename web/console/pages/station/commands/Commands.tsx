// What can be asked of a station, and what was asked of it.
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../../session/hooks.ts';
import { useWords } from '../../../words/index.ts';
import { Panel } from '../../swap/Panel.tsx';
import { AskSwap } from '../../swap/request/AskSwap.tsx';
import type { Twin } from '../Station.tsx';
import { CommandDialog } from './CommandDialog.tsx';
import { CommandHistory } from './CommandHistory.tsx';
import { type AskedAction, actions } from './forms.ts';

export function Commands({ twin }: { twin: Twin }) {
  const { t } = useWords();
  const mayOperate = useMay('station.operate');
  const mayAsk = useMay('swap.ask');
  const [asked, ask] = useState<AskedAction | 'RequestBatterySwap'>();
  const offered: (AskedAction | 'RequestBatterySwap')[] = [
    ...(mayAsk ? (['RequestBatterySwap'] as const) : []),
    ...(mayOperate ? actions : []),
  ];
  return (
    <div className="twin">
      <Panel title={t('station.commands.title')}>
        {!mayOperate && <p className="quiet">{t('station.commands.mayNot')}</p>}
        <ul className="command-list">
          {offered.map((it) => (
            <li key={it}>
              <Button onClick={() => ask(it)}>{t(`station.commands.name.${it}`)} …</Button>
              <p className="quiet">{t(`station.commands.does.${it}`)}</p>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('station.commands.history')}>
        <CommandHistory stationId={twin.station.id} />
      </Panel>
      {asked === 'RequestBatterySwap' ? (
        <AskSwap stationId={twin.station.id} onEnd={() => ask(undefined)} />
      ) : (
        asked && <CommandDialog twin={twin} action={asked} onEnd={() => ask(undefined)} />
      )}
    </div>
  );
}
