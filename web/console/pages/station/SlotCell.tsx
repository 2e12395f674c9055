// One slot in its rack: its pack, how full, how warm, how safe, how old all that is; and the same in words for who cannot see.
import { memo } from 'react';
import { useNetworkNow } from '../../live/clock.ts';
import { State } from '../../shell/State.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import { type Slot, slotMoods, slotStateOf } from './slotState.ts';

interface Props {
  readonly slot: Slot;
  readonly at: string;
  readonly isChosen: boolean;
  /** The one that Tab leads to. */
  readonly isEntry: boolean;
  readonly onFocus: () => void;
  readonly onChoose: () => void;
}

export const SlotCell = memo(Cell, (a, b) => {
  return a.slot === b.slot && a.isChosen === b.isChosen && a.isEntry === b.isEntry && a.at === b.at;
});

function Cell({ slot, isChosen, isEntry, onFocus, onChoose }: Props) {
  const { t } = useWords();
  const formats = useFormats();
  const now = useNetworkNow(5_000);
  const state = slotStateOf(slot);
  const hasPack = slot.packCode !== null;
  const ago = (at: string | null) => (at ? formats.ago(now - Date.parse(at)) : undefined);
  return (
    <button
      type="button"
      className={`slot is-${state}${slot.powerW > 0 ? ' is-charging' : ''}`}
      data-slot={slot.no}
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={inWords(slot, t, formats, ago)}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <span className="slot-line">
        <b>{slot.no}</b>
        <State mood={slotMoods[state]}>{t(`station.slots.is.${state}`)}</State>
      </span>
      {hasPack && (
        <>
          <span className="slot-line">
            <span className="slot-code">{slot.packCode?.slice(-9)}</span>
            <b>{slot.soc === null ? '–' : formats.percent(slot.soc)}</b>
          </span>
          <span className="slot-bar">
            <span style={{ inlineSize: `${slot.soc ?? 0}%` }} />
          </span>
          <span className="slot-line">
            <span>
              {t('station.slots.sohShort')} {slot.soh === null ? '–' : formats.percent(slot.soh)}
            </span>
            <span>{slot.temperatureC === null ? '–' : `${formats.number(slot.temperatureC, 0)} °C`}</span>
          </span>
        </>
      )}
      <span className="slot-line">
        <span className={slot.lock === 'faulted' ? 'is-fault' : undefined}>
          {slot.lock ? t(`station.slots.lockIs.${slot.lock}`) : '–'}
        </span>
        <span>{hasPack && slot.powerW > 0 ? `⚡${formats.power(slot.powerW)}` : ''}</span>
      </span>
      <span className="slot-age">{ago(hasPack ? slot.measuredAt : slot.stateAt) ?? '–'}</span>
    </button>
  );
}

/** Everything that the cell shows, with the age of each: for screen readers. */
function inWords(
  slot: Slot,
  t: T,
  formats: ReturnType<typeof useFormats>,
  ago: (at: string | null) => string | undefined,
): string {
  const aged = (what: string, at: string | null) => {
    const age = ago(at);
    return age ? t('station.slots.asOf', { what, age }) : what;
  };
  const pack = slot.packCode !== null;
  return [
    t('station.slots.name', { no: slot.no }),
    aged(t(`station.slots.is.${slotStateOf(slot)}`), slot.stateAt),
    pack && `${t('station.slots.pack')} ${slot.packCode}`,
    pack && slot.soc !== null && aged(`${t('station.slots.soc')} ${formats.percent(slot.soc)}`, slot.measuredAt),
    pack && slot.soh !== null && `${t('station.slots.soh')} ${formats.percent(slot.soh)}`,
    pack &&
      (slot.temperatureC === null
        ? `${t('station.slots.temperature')} ${t('station.slots.notReported')}`
        : aged(`${formats.number(slot.temperatureC, 1)} °C`, slot.temperatureAt)),
    slot.lock && aged(t(`station.slots.lockIs.${slot.lock}`), slot.lockAt),
    slot.powerW > 0 && `${t('station.slots.charging')} ${formats.power(slot.powerW)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
