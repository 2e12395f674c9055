// The life of a pack: its phases with dates and who vouches for them, what is missing in the record, and what may come next.
import { exchangeApi } from '#exchange/api';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { LifeNext } from './LifeNext.tsx';
import { LifePhase } from './LifePhase.tsx';
import { gapInWords, isLost, type Life as Lived, phasesOf } from './life.ts';
import type { Story } from './Pack.tsx';

/** Others decide meanwhile, and a busy pack has a long life to read. */
const EVERY_MS = 60_000;

export function Life({ story }: { story: Story }) {
  const { t } = useWords();
  const { pack } = story;
  const { data, error, again } = useRead(exchangeApi.lifecycle, { params: { code: pack.code } }, { everyMs: EVERY_MS });
  return (
    <section className="panel" aria-label={t('life.title')}>
      <div className="panel-head">
        <h2>{t('life.title')}</h2>
        {data && isLost(data) && <State mood="bad">{t('missing.lost')}</State>}
      </div>
      {!data && (error ? <Failure error={error} again={again} /> : <Waiting />)}
      {data?.events.length === 0 && <p className="quiet">{t('life.none')}</p>}
      {data && data.events.length > 0 && (
        <>
          <ol className="timeline life">
            {phasesOf(data).map((it) => (
              <LifePhase key={it.name} phase={it} life={data} producedOn={pack.producedOn} />
            ))}
          </ol>
          <Whole life={data} />
        </>
      )}
      {data && <LifeNext life={data} holder={pack.custody} />}
    </section>
  );
}

/** Whether the record is whole, as far as that can be told from here. */
function Whole({ life }: { life: Lived }) {
  const { t } = useWords();
  const { gaps, counted, events } = life;
  if (gaps.length === 0)
    return (
      <p className="quiet spaced">
        {t(counted === null ? 'life.wholeByRules' : 'life.whole', { count: events.length })}
      </p>
    );
  const said = gaps.map((it) => gapInWords(it, t));
  return (
    <div className="pack-shut" role="note">
      <p>
        <strong>{t('life.missing')}</strong>
      </p>
      <ul className="grade-reasons">
        {[...new Set(said)].map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </div>
  );
}
