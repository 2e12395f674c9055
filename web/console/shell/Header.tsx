import { Link } from '@tanstack/react-router';
import { useNetworkNow } from '../live/clock.ts';
import { useConnection } from '../live/hooks.ts';
import { overlay } from '../palette/shortcuts.ts';
import { useSession } from '../session/hooks.ts';
import { useFormats, useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';
import { Preferences } from './Preferences.tsx';
import { You } from './You.tsx';

interface Props {
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

export function Header({ isMenuOpen, onMenu }: Props) {
  const { t } = useWords();
  const { config } = useSession();
  const { state } = useConnection();
  return (
    <header className="header">
      <button
        type="button"
        className="plain-button is-icon menu-button"
        aria-expanded={isMenuOpen}
        aria-controls="menu"
        aria-label={t(isMenuOpen ? 'menu.close' : 'menu.open')}
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      <Link to="/" className="brand">
        {t('product')} <span>{t('console')}</span>
      </Link>
      {config?.simulated && <SimulatedBadge speed={config.clockSpeed} />}
      <div className="header-end">
        <Clock />
        <span className={`connection is-${state}`} role="status">
          {t(`connection.${state}`)}
        </span>
        <button
          type="button"
          className="plain-button"
          aria-label={t('palette.open')}
          title={t('palette.open')}
          onClick={() => overlay.set('palette')}
        >
          <Icon name="search" /> <kbd className="wide">Ctrl K</kbd>
        </button>
        <div className="header-preferences">
          <Preferences />
        </div>
        <You />
      </div>
    </header>
  );
}

function SimulatedBadge({ speed }: { speed: number }) {
  const { t } = useWords();
  const formats = useFormats();
  return (
    <span className="badge" title={t('simulatedWhy')}>
      <span className="wide">{t('simulated', { speed: formats.times(speed) })}</span>
      <span className="narrow">{t('simulatedShort', { speed: formats.times(speed) })}</span>
    </span>
  );
}

/** The network's own time: simulated and fast in a demo, so it says so. */
function Clock() {
  const { t } = useWords();
  const formats = useFormats();
  const { config } = useSession();
  const now = useNetworkNow(500);
  if (!config) return null;
  return (
    <div className="clock">
      <small>
        {t(config.simulated ? 'clock.simulated' : 'clock.network')} · {t('clock.zone')}
      </small>
      <time dateTime={new Date(now).toISOString()}>
        <span>{formats.date(now)}</span> {config.clockSpeed > 5 ? formats.time(now) : formats.seconds(now)}
      </time>
    </div>
  );
}
