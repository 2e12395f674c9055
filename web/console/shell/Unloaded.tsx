// Says that a part of the page has not come, and loads the page anew at its address as soon as the server answers.
import { useEffect, useState } from 'react';
import { useWords } from '../words/index.ts';
import { askAgainMs, isWorthReloading } from './unloaded.ts';

export function Unloaded() {
  const { t } = useWords();
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    let [tries, timer] = [0, 0];
    const ask = async () => {
      const answers = await fetch(location.pathname, { cache: 'no-store' }).then(
        (it) => it.ok,
        () => false,
      );
      if (answers && !isWorthReloading(lastReload(), Date.now())) return setBroken(true);
      if (answers && !isDialogOpen()) return reload();
      later();
    };
    const later = () => {
      timer = window.setTimeout(() => void ask(), askAgainMs(tries++));
    };
    later();
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className="notice" role="alert">
      <h1>{t(isBroken ? 'broken.title' : 'unloaded.title')}</h1>
      <p>{t(isBroken ? 'unloaded.broken' : 'unloaded.note')}</p>
      <p>
        <button type="button" className="plain-button" onClick={reload}>
          {t('broken.reload')}
        </button>
      </p>
    </div>
  );
}

/** What somebody has begun in a dialog is not thrown away. */
const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[role="dialog"]')].some((it) => it.getClientRects().length > 0);

const keyHere = (): string => `unloaded ${location.pathname}`;

function lastReload(): number | undefined {
  const kept = sessionStorage.getItem(keyHere());
  return kept === null ? undefined : Number(kept);
}

function reload(): void {
  sessionStorage.setItem(keyHere(), String(Date.now()));
  location.reload();
}
