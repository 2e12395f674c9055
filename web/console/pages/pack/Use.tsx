import { HowComputed } from '../../explain/HowComputed.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';

/** What it went through. */
export function Use({ story: { use, at } }: { story: Story }) {
  const { t } = useWords();
  const { number, count, energy } = useFormats();
  return (
    <section className="panel" aria-label={t('pack.use')}>
      <h2>{t('pack.use')}</h2>
      <dl className="facts is-first">
        <dt>
          {t('pack.efc')} <HowComputed of="pack.efc" what={t('pack.efc')} at={at} exact={String(use.efc)} />
        </dt>
        <dd>{number(use.efc, 1)}</dd>
        <dt>
          {t('pack.matings')}{' '}
          <HowComputed of="pack.matings" what={t('pack.matings')} at={at} exact={String(use.matingCycles)} />
        </dt>
        <dd>{count(use.matingCycles)}</dd>
        <dt>
          {t('pack.given')} <HowComputed of="pack.given" what={t('pack.given')} at={at} exact={String(use.given)} />
        </dt>
        <dd>{count(use.given)}</dd>
        <dt>
          {t('pack.driven')}{' '}
          <HowComputed of="pack.driven" what={t('pack.driven')} at={at} exact={`${use.drivenWh} Wh`} />
        </dt>
        <dd>{energy(use.drivenWh)}</dd>
      </dl>
    </section>
  );
}
