// A label to stick on the pack: its code as scanners read it, and as people do. Printed by itself.
import { Button } from 'antd';
import { Qr } from '../../shell/Qr.tsx';
import { useWords } from '../../words/index.ts';

/** While it stands, printing shows the label and nothing else: see pack.css. */
const PRINTS_LABEL = 'prints-label';

function print(): void {
  const { classList } = document.documentElement;
  classList.add(PRINTS_LABEL);
  addEventListener('afterprint', () => classList.remove(PRINTS_LABEL), { once: true });
  window.print();
}

export function Label({ code, model }: { code: string; model: string }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t('pack.label.title')}>
      <h2>{t('pack.label.title')}</h2>
      <div className="pack-label">
        <Qr text={code} label={t('pack.label.alt', { code })} px={132} />
        <div>
          <p className="code pack-label-code">{code}</p>
          <p>{model}</p>
          <p className="pack-label-brand">Packloop</p>
        </div>
      </div>
      <p className="quiet">{t('pack.label.note')}</p>
      <Button onClick={print}>{t('pack.label.print')}</Button>
    </section>
  );
}
