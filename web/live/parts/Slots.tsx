import type { CSSProperties, FocusEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot, Station } from '../data/contract.ts';
import { columnsFor, isCharging, lookOf } from '../data/slots.ts';
import { useArrowKeys, useFormats } from './hooks.ts';
import { showTip } from './tip.ts';

const emptyOf = (station: Station): number => station.slots.filter((it) => lookOf(it) === 'empty').length;

/** All slots of a station at a glance: height by charge, colour by what can be done with the pack. */
export function SlotStrip({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { slots, ready, charging } = station;
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: a picture with words of its own; by keyboard each slot is reached in the station's detail
    <div
      className="strip"
      role="img"
      aria-label={t('stations.slots', { count: slots.length, ready, charging, empty: emptyOf(station) })}
      style={{ '--columns': columnsFor(slots.length) } as CSSProperties}
      onMouseOver={(event) => tipFrom(event, slots)}
      onMouseLeave={() => showTip(undefined)}
    >
      {slots.map((it) => (
        <i key={it.no} data-no={it.no} {...drawn(it)} />
      ))}
    </div>
  );
}

/** The same slots large enough to read, each reachable by keyboard. */
export function SlotGrid({ station }: { station: Station }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { group, onKeyDown } = useArrowKeys();
  const { slots } = station;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={group as React.RefObject<HTMLDivElement | null>}
      className="slot-grid"
      role="group"
      aria-label={t('detail.slots')}
      onKeyDown={onKeyDown}
      onMouseOver={(event) => tipFrom(event, slots)}
      onMouseLeave={() => showTip(undefined)}
      onFocus={(event) => tipFrom(event, slots)}
      onBlur={() => showTip(undefined)}
    >
      {slots.map((it, index) => (
        <button key={it.no} type="button" data-stop data-no={it.no} tabIndex={index === 0 ? 0 : -1} {...drawn(it)}>
          <span className="slot-no">{it.no}</span>
          <span className="slot-soc">{it.soc === null ? '' : formats.percent(it.soc)}</span>
          <span className="hidden">
            {t(`slot.${lookOf(it)}`)} {isCharging(it) && t('slot.charging')} {it.packCode}
          </span>
        </button>
      ))}
    </div>
  );
}

function drawn(slot: Slot) {
  const look = lookOf(slot);
  const style = { '--soc': look === 'empty' ? 0 : (slot.soc ?? 0) / 100 } as CSSProperties;
  return { className: `slot look-${look}${isCharging(slot) ? ' is-charging' : ''}`, style };
}

function tipFrom(event: MouseEvent | FocusEvent, slots: readonly Slot[]): void {
  const cell = (event.target as Element).closest<HTMLElement>('[data-no]');
  const slot = cell && slots.find((it) => it.no === Number(cell.dataset.no));
  showTip(slot ? { slot, beside: cell.getBoundingClientRect() } : undefined);
}

/** What the colours and signs mean. */
export function SlotLegend() {
  const { t } = useTranslation();
  const shown = ['ready', 'filling', 'low', 'quarantined', 'empty', 'unavailable', 'faulted'] as const;
  return (
    <ul className="legend" aria-label={t('slot.legend')}>
      {shown.map((look) => (
        <li key={look}>
          <i
            className={`slot look-${look}`}
            style={{ '--soc': { ready: 0.95, filling: 0.6, low: 0.25 }[look as string] ?? 0 } as CSSProperties}
          />
          {t(`slot.${look}`)}
        </li>
      ))}
      <li>
        <i className="slot look-filling is-charging" style={{ '--soc': 0.6 } as CSSProperties} />
        {t('slot.charging')}
      </li>
    </ul>
  );
}
