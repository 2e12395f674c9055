// The banner of a lost connection: since when, and that it is tried again.
import { useNow } from '../live/clock.ts';
import { useConnection } from '../live/hooks.ts';
import { live } from '../live/live.ts';
import { useFormats, useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';

export function Lost() {
  const { t } = useWords();
  const formats = useFormats();
  const { state, heardAt } = useConnection();
  const now = useNow();
  if (state !== 'lost') return null;
  return (
    <div className="lost" role="alert">
      <Icon name="warning" />
      <p>
        <strong>{t('lost.title')}</strong>{' '}
        <span aria-live="off">
          {t('lost.since', { time: formats.seconds(heardAt), ago: formats.ago(now - heardAt) })}
        </span>{' '}
        {t('lost.retrying')}
      </p>
      <button type="button" className="plain-button" onClick={live.hurry}>
        {t('lost.now')}
      </button>
    </div>
  );
}
