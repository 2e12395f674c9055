// Language and theme, one button each.
import { Dropdown } from 'antd';
import { languages } from '../../shared/words.ts';
import { useStore } from '../live/store.ts';
import { chooseLanguage, useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';
import { chooseTheme, themeChoice } from './theme.ts';

export function Preferences() {
  const { t, language } = useWords();
  const theme = useStore(themeChoice);
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          selectable: true,
          selectedKeys: [language],
          items: languages.map((it) => ({
            key: it,
            label: <span lang={it}>{t(`language.${it}`)}</span>,
            onClick: () => void chooseLanguage(it),
          })),
        }}
      >
        <button type="button" className="plain-button" aria-label={t('language.label')} aria-haspopup="menu">
          <Icon name="language" /> <span className="wide">{t(`language.${language}`)}</span>
        </button>
      </Dropdown>
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          selectable: true,
          selectedKeys: [theme],
          items: (['light', 'dark', 'system'] as const).map((it) => ({
            key: it,
            label: t(`theme.${it}`),
            onClick: () => chooseTheme(it),
          })),
        }}
      >
        <button type="button" className="plain-button is-icon" aria-label={t('theme.label')} aria-haspopup="menu">
          <Icon name="theme" />
        </button>
      </Dropdown>
    </>
  );
}
