// The slots as they stand in racks beside the bay. One of them takes the focus; arrow keys lead to the others.
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { type Layout, layoutOf, neighbour, type Rack } from './layout.ts';
import { SlotCell } from './SlotCell.tsx';
import type { Twin } from './Station.tsx';
import type { Slot } from './slotState.ts';

interface Props {
  readonly twin: Twin;
  readonly chosen: number | undefined;
  readonly onChoose: (no: number) => void;
}

export function Racks({ twin, chosen, onChoose }: Props) {
  const { t } = useWords();
  const { count } = useFormats();
  const { station, slots, running } = twin;
  const box = useRef<HTMLFieldSetElement>(null);
  const [at, setAt] = useState<number>();
  const layout: Layout<number> = useMemo(
    () =>
      layoutOf(
        station.profile,
        slots.map((it) => it.no),
        station.bays,
      ),
    [station.profile, station.bays, slots],
  );
  const byNo = new Map(slots.map((it) => [it.no as number, it]));
  const entry = at !== undefined && byNo.has(at) ? at : slots[0]?.no;
  const onKeyDown = (event: KeyboardEvent) => {
    const from = Number((event.target as HTMLElement).dataset.slot);
    const to = neighbour(layout, from, event.key);
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
    box.current?.querySelector<HTMLElement>(`[data-slot="${to}"]`)?.focus();
  };
  const draw = (rack: Rack<number>) => (
    <RackView
      key={rack.name}
      rack={rack}
      slotOf={(no) => byNo.get(no)}
      cell={(slot) => (
        <SlotCell
          key={slot.no}
          slot={slot}
          at={twin.at}
          isChosen={slot.no === chosen}
          isEntry={slot.no === entry}
          onFocus={() => setAt(slot.no)}
          onChoose={() => onChoose(slot.no)}
        />
      )}
    />
  );
  return (
    <>
      <fieldset className={`racks is-${station.profile}`} ref={box} onKeyDown={onKeyDown}>
        <legend className="hidden">{t('station.slots.keys')}</legend>
        {layout.before.map(draw)}
        {layout.bays > 0 && (
          <div className="bays">
            {Array.from({ length: layout.bays }, (_, n) => n + 1).map((no) => (
              <div key={no} className="bay">
                <strong>{t('station.slots.bay', { no })}</strong>
                <State mood={running ? 'going' : 'calm'}>
                  {t(running ? 'station.slots.bayBusy' : 'station.slots.bayFree')}
                </State>
              </div>
            ))}
          </div>
        )}
        {layout.after.map(draw)}
      </fieldset>
      <p className="quiet racks-note">
        {t('station.slots.schematic', {
          preset: station.presetId,
          slots: count(slots.length),
          count: station.bays,
          bays: count(station.bays),
        })}
      </p>
    </>
  );
}

interface RackProps {
  readonly rack: Rack<number>;
  readonly slotOf: (no: number) => Slot | undefined;
  readonly cell: (slot: Slot) => React.ReactNode;
}

function RackView({ rack, slotOf, cell }: RackProps) {
  const { t } = useWords();
  return (
    <section className="rack" aria-label={t(`station.slots.rack.${rack.name}`)}>
      <h3>{t(`station.slots.rack.${rack.name}`)}</h3>
      <div className="rack-columns">
        {rack.columns.map((column) => (
          <div key={column[0]} className="rack-column">
            {column.map((no) => {
              const slot = slotOf(no);
              return slot && cell(slot);
            })}
          </div>
        ))}
      </div>
    </section>
  );
}
