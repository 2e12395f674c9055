// How each platform answers, and what waits for it.
import { exchangeApi } from '#exchange/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Platform = Answer<typeof exchangeApi.platforms>['items'][number];

export function Platforms() {
  const { t } = useWords();
  const { data, error, again } = useRead(exchangeApi.platforms, undefined, { everyMs: 10_000 });
  if (error) return <Failure error={error} again={again} />;
  if (!data) return null;
  if (data.items.length === 0) return <p className="quiet">{t('reports.noPlatform')}</p>;
  return (
    <section aria-label={t('reports.platformsTitle')} className="panel">
      {data.items.map((it) => (
        <Line key={it.id} of={it} />
      ))}
      <p className="quiet">
        {t('reports.signedBy')} <code style={{ overflowWrap: 'anywhere' }}>{data.signedBy ?? '–'}</code>
      </p>
    </section>
  );
}

function Line({ of }: { of: Platform }) {
  const { t } = useWords();
  const { dateTime, number } = useFormats();
  const { waiting, late, rejected, received, lastAnswerAt, lastError, failures, nextTryAt, url } = of;
  return (
    <p>
      <strong>{t(`reports.platforms.${of.id as 'national'}`)}</strong>{' '}
      {url === null ? (
        <State mood="low">{t('reports.notConfigured')}</State>
      ) : failures > 0 ? (
        <State mood="bad">
          {t('reports.silent', { many: failures, why: lastError ?? '', next: dateTime(Date.parse(nextTryAt)) })}
        </State>
      ) : (
        <State mood={lastAnswerAt ? 'good' : 'calm'}>
          {lastAnswerAt ? t('reports.answers', { at: dateTime(Date.parse(lastAnswerAt)) }) : t('reports.notAsked')}
        </State>
      )}
      <br />
      {t('reports.counts', {
        waiting: number(waiting),
        late: number(late),
        rejected: number(rejected),
        received: number(received),
      })}
    </p>
  );
}
