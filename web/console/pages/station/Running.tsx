// The swap under way, step by step: what is done, what it waits for, what the checks measured.
import { Link } from '@tanstack/react-router';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { Checks } from '../swap/Checks.tsx';
import { PackLink } from '../swap/Packs.tsx';
import { Problems } from '../swap/Problems.tsx';
import { Progress, Steps } from '../swap/Steps.tsx';
import { moodOf, originInWords, stateInWords, waitInWords } from '../swap/said.ts';
import { Until } from '../swap/Until.tsx';
import type { Twin } from './Station.tsx';

export function Running({ running }: { running: Twin['running'] }) {
  const { t } = useWords();
  const { percent } = useFormats();
  if (!running) return <p className="quiet">{t('station.running.none')}</p>;
  const next = running.steps.find((it) => it.isNext)?.step;
  return (
    <div className="running" data-swap={running.id}>
      <p className="headline-state">
        <State mood={moodOf(running.state)}>{stateInWords(t, running.state)}</State>
        <Progress steps={running.steps} />
      </p>
      <p role="status">
        {t('station.running.waiting')}:{' '}
        <strong>{waitInWords(t, { state: running.state, next, said: running.waitingFor })}</strong>
      </p>
      <p className="quiet">
        {originInWords(t, running.origin)} · {t('station.running.startedAgo')} <Age at={running.startedAt} always />
        {running.expiresAt && (
          <>
            {' '}
            · <Until at={running.expiresAt} />
          </>
        )}
      </p>
      <dl className="facts">
        {(['promised', 'returned', 'given'] as const).map(
          (which) =>
            running[which].length > 0 && (
              <div key={which} className="contents">
                <dt>
                  {t(
                    which === 'promised'
                      ? 'station.running.promised'
                      : which === 'returned'
                        ? 'station.running.in'
                        : 'station.running.out',
                  )}
                </dt>
                <dd>
                  {running[which].map((it) => (
                    <div key={it.code}>
                      <PackLink code={it.code} /> · {t('station.slots.name', { no: it.slotNo })}
                      {'soc' in it && ` · ${percent(it.soc)}`}
                    </div>
                  ))}
                </dd>
              </div>
            ),
        )}
      </dl>
      <Steps steps={running.steps} isOver={false} isShort />
      {running.checks.length > 0 && (
        <>
          <h3>{t('station.running.checks')}</h3>
          <Checks checks={running.checks} />
        </>
      )}
      {running.problems.length > 0 && (
        <>
          <h3>{t('station.running.problems')}</h3>
          <Problems problems={running.problems} />
        </>
      )}
      <p>
        <Link to={`/swaps/${running.id}`}>{t('station.running.open')}</Link>
      </p>
    </div>
  );
}
