import { useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';

const gaps = ['carbon', 'residualValue'] as const satisfies (keyof Story['notYet'])[];

/** What nobody has computed yet, and what is missing for it. No number stands in for it. */
export function NotYet({ story: { notYet } }: { story: Story }) {
  const { t } = useWords();
  const open = gaps.filter((it) => notYet[it].value === null);
  return (
    <section className="panel" aria-label={t('pack.notYet')}>
      <h2>{t('pack.notYet')}</h2>
      <dl className="pack-gaps">
        {open.map((it) => (
          <div key={it}>
            <dt>
              {t(`pack.gap.${it}`)}: <span className="quiet">{t('pack.notComputed')}</span>
            </dt>
            <dd className="quiet" title={notYet[it].why}>
              {t(`pack.missing.${it}`)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
