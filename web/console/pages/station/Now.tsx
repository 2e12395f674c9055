// How a station stands: figures, slots, the swap under way, who waits.
import { useState } from 'react';
import { useWords } from '../../words/index.ts';
import { Panel } from '../swap/Panel.tsx';
import { ChangeStation } from './ChangeStation.tsx';
import { Figures } from './Figures.tsx';
import { Queue } from './Queue.tsx';
import { Running } from './Running.tsx';
import { SlotInFull } from './SlotInFull.tsx';
import { SlotsPanel } from './SlotsPanel.tsx';
import type { Twin } from './Station.tsx';
import { StationFacts } from './StationFacts.tsx';

export function Now({ twin }: { twin: Twin }) {
  const { t } = useWords();
  const [chosen, choose] = useState<number>();
  const slot = twin.slots.find((it) => it.no === chosen);
  return (
    <div className="twin">
      <Figures twin={twin} />
      <div className="twin-columns">
        <div className="twin-main">
          <SlotsPanel twin={twin} chosen={chosen} onChoose={choose} />
        </div>
        <div className="twin-side">
          {slot && <SlotInFull twin={twin} slot={slot} onClose={() => choose(undefined)} />}
          <Panel title={t('station.running.title')}>
            <Running running={twin.running} />
          </Panel>
          <Panel title={t('station.queue.title')}>
            <Queue queue={twin.queue} />
          </Panel>
          <Panel title={t('station.facts.title')} end={<ChangeStation station={twin.station} />}>
            <StationFacts station={twin.station} />
          </Panel>
        </div>
      </div>
    </div>
  );
}
