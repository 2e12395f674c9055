import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { remember, remembered } from '../../shared/choices.ts';
import { showTheme, themeFrom, themeNow } from '../../shared/theme.ts';
import type { Language } from '../../shared/words.ts';
import { networkTime } from '../data/time.ts';
import type { View } from '../data/view.ts';
import { useFormats, useMatches, useNow } from './hooks.ts';
import { Icon } from './Icon.tsx';

export function Header({ view }: { view: View }) {
  const { t } = useTranslation();
  const { network } = view;
  return (
    <header className="header">
      <div className="brand">
        <Icon name="loop" />
        <h1>
          Packloop <span>{t('network')}</span>
        </h1>
      </div>
      {network?.simulated && <SimulatedBadge speed={network.clockSpeed} />}
      <a className="battery-link" href="/battery/">
        {t('battery')}
      </a>
      <div className="header-end">
        <Clock view={view} />
        <span className={`connection is-${view.connection}`} role="status">
          {t(`connection.${view.connection}`)}
        </span>
        <LanguageSwitch />
        <ThemeSwitch />
        <a className="button" href="/console/">
          {t('signIn')}
        </a>
      </div>
    </header>
  );
}

function SimulatedBadge({ speed }: { speed: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isNarrow = useMatches('(max-width: 700px)');
  return (
    <span className="badge" title={t('simulatedWhy')}>
      {t(isNarrow ? 'simulatedShort' : 'simulated', { speed: formats.times(speed) })}
    </span>
  );
}

/** The network's own time: simulated and fast in a demo, so it says so. */
function Clock({ view: { network, fetchedAt, connection, heardAt } }: { view: View }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(500);
  if (!network || fetchedAt === undefined) return null;
  const at = networkTime(network, { fetchedAt, now: connection === 'lost' ? (heardAt ?? now) : now });
  return (
    <div className="clock">
      <small>
        {t(network.simulated ? 'clock.simulated' : 'clock.network')} · {t('clock.zone')}
      </small>
      <time dateTime={new Date(at).toISOString()}>
        <span>{formats.date(at)}</span> {network.clockSpeed > 5 ? formats.time(at) : formats.seconds(at)}
      </time>
    </div>
  );
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other: Language = i18n.language === 'en' ? 'zh-CN' : 'en';
  const change = () => {
    remember('language', other);
    void i18n.changeLanguage(other);
  };
  return (
    <button type="button" className="button" lang={other} title={t('language.switch')} onClick={change}>
      {t('language.other')}
    </button>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(() => themeFrom(remembered('theme')));
  useMatches('(prefers-color-scheme: dark)'); // drawn again when the browser changes its mind
  const other = themeNow(chosen) === 'dark' ? 'light' : 'dark';
  const change = () => {
    remember('theme', other);
    showTheme(other);
    setChosen(other);
  };
  const name = t(other === 'dark' ? 'theme.toDark' : 'theme.toLight');
  return (
    <button type="button" className="button is-icon" aria-label={name} title={name} onClick={change}>
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
}
