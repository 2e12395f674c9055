// What the page shows when there is no network to show, and when what it shows has become old.
import { useTranslation } from 'react-i18next';
import type { View } from '../data/view.ts';
import { useFormats, useNow } from './hooks.ts';
import { Icon } from './Icon.tsx';

export function Lost({ view, onRetry }: { view: View; onRetry: () => void }) {
  const { t } = useTranslation();
  const { ago } = useFormats();
  const now = useNow();
  if (view.connection !== 'lost' || view.heardAt === undefined) return null;
  return (
    <div className="lost" role="alert">
      <Icon name="warning" />
      <p>
        <strong>{t('lost.title')}</strong>{' '}
        <span aria-live="off">{t('lost.age', { ago: ago(now - view.heardAt) })}</span> {t('lost.retrying')}
      </p>
      <button type="button" className="button" onClick={onRetry}>
        {t('lost.now')}
      </button>
    </div>
  );
}

export function Waiting({ view, onRetry }: { view: View; onRetry: () => void }) {
  const { t } = useTranslation();
  if (view.connection !== 'lost')
    return (
      <main className="notice" id="main" aria-busy="true">
        <span className="spinner" aria-hidden="true" />
        <h2>{t('loading.title')}</h2>
        <p>{t('loading.note')}</p>
      </main>
    );
  const isClosed = view.fault === 401 || view.fault === 403;
  return (
    <main className="notice" id="main" role="alert">
      <Icon name="warning" />
      <h2>{t(isClosed ? 'unreachable.refused' : 'unreachable.title')}</h2>
      <p>{t(isClosed ? 'unreachable.refusedNote' : 'unreachable.note')}</p>
      <button type="button" className="button" onClick={onRetry}>
        {t('lost.now')}
      </button>
    </main>
  );
}

export function Empty() {
  const { t } = useTranslation();
  return (
    <main className="notice" id="main">
      <Icon name="loop" />
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.note')}</p>
      <dl className="commands">
        <dt>{t('empty.import')}</dt>
        <dd>
          <code>npx packloop import stations FILE.csv</code>
        </dd>
        <dt>{t('empty.demo')}</dt>
        <dd>
          <code>npx packloop demo</code>
        </dd>
      </dl>
      <p className="quiet">{t('empty.wait')}</p>
    </main>
  );
}
