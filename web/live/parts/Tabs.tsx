import { useTranslation } from 'react-i18next';

const tabs = ['stations', 'map', 'swaps', 'anomalies'] as const;
export type Tab = (typeof tabs)[number];

/** On a narrow page its parts take turns. */
export function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const { t } = useTranslation();
  return (
    <nav className="tabs" aria-label={t('tabs.label')}>
      {tabs.map((it) => (
        <button key={it} type="button" aria-current={it === tab ? 'page' : undefined} onClick={() => onTab(it)}>
          {t(`tabs.${it}`)}
        </button>
      ))}
    </nav>
  );
}
