// Which of our stations would fit, and for each distinct reason those that would not.
import { Link } from '@tanstack/react-router';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useWords } from '../../words/index.ts';
import type { Fitting } from './Compatibility.tsx';
import { Denials } from './Denials.tsx';

/** Of a long list so many names are shown; the rest is counted. */
const MOST = 60;

interface Props {
  readonly fitting: Fitting;
  readonly onWhy: (stationId: string) => void;
}

export function Stations({ fitting, onWhy }: Props) {
  const { t } = useWords();
  const { stations, reasons } = fitting;
  const fit = stations.filter((it) => it.fits);
  const all = stations.length;
  return (
    <section className="panel" aria-live="polite">
      <h2>{t('compatibility.stations')}</h2>
      <p className="fitting-verdict">
        <State mood={fit.length > 0 ? 'good' : 'bad'}>
          {fit.length > 0
            ? t('compatibility.fitting', { fitting: fit.length, all })
            : t('compatibility.fittingNone', { all })}
        </State>{' '}
        <Age at={fitting.at} />
      </p>
      <p className="quiet">{t('compatibility.flawless')}</p>
      <ul className="fitting-stations">
        {fit.slice(0, MOST).map((it) => (
          <li key={it.id}>
            <Link to={`/stations/${encodeURIComponent(it.id)}`}>{it.name}</Link>
          </li>
        ))}
        {fit.length > MOST && <li>+ {fit.length - MOST}</li>}
      </ul>
      {reasons.map((reason, n) => {
        const unfit = stations.filter((it) => it.reason === n);
        return (
          <details key={reason.presetIds.join()} className="fitting-reason">
            <summary>
              {t('compatibility.group', { count: reason.stations })}{' '}
              <span className="quiet code">{reason.presetIds.join(', ')}</span>
            </summary>
            <ul className="fitting-stations">
              {unfit.slice(0, MOST).map((it) => (
                <li key={it.id}>
                  <button type="button" className="plain-button" onClick={() => onWhy(it.id)}>
                    {t('compatibility.askWhy', { station: it.name })}
                  </button>
                </li>
              ))}
              {unfit.length > MOST && <li>+ {unfit.length - MOST}</li>}
            </ul>
            <Denials denied={reason.denied} />
          </details>
        );
      })}
    </section>
  );
}
