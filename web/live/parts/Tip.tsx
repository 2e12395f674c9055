import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isCharging, lookOf } from '../data/slots.ts';
import { useFormats } from './hooks.ts';
import { onTip, showTip, tipShown } from './tip.ts';

const WIDTH = 240;
const HEIGHT = 150;

/** Everything about one slot, beside it; above when there is no room below. Escape closes it (WCAG 1.4.13). */
export function Tip() {
  const { t } = useTranslation();
  const formats = useFormats();
  const tip = useSyncExternalStore(onTip, tipShown);
  useEffect(() => {
    const close = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Escape') showTip(undefined);
    };
    addEventListener('keydown', close);
    addEventListener('scroll', close, true);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('scroll', close, true);
    };
  }, []);
  if (!tip) return null;
  const { slot, beside } = tip;
  const below = beside.bottom + HEIGHT < innerHeight;
  const left = Math.min(innerWidth - WIDTH - 8, Math.max(8, beside.left + beside.width / 2 - WIDTH / 2));
  const look = lookOf(slot);
  const lines: [string, string][] = [
    [t('slot.soc'), slot.soc === null ? '–' : formats.percent(slot.soc)],
    [t('slot.soh'), slot.soh === null ? '–' : formats.percent(slot.soh)],
    [t('slot.power'), formats.power(slot.powerW)],
    [t('slot.model'), slot.modelId ?? '–'],
  ];
  return (
    <div
      className="tip"
      role="tooltip"
      style={{ left, width: WIDTH, ...(below ? { top: beside.bottom + 6 } : { bottom: innerHeight - beside.top + 6 }) }}
    >
      <div className="tip-head">
        <strong>{t('slot.name', { no: slot.no })}</strong>
        <span className={`look look-${look}`}>
          {t(`slot.${look}`)}
          {isCharging(slot) && ` · ${t('slot.charging')}`}
        </span>
      </div>
      {slot.packCode && (
        <>
          <code className="tip-code">{slot.packCode}</code>
          <dl>
            {lines.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
