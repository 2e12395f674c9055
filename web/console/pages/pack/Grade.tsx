// What the pack is good for, why, by which policy, and what it was graded before.
import { Link } from '@tanstack/react-router';
import { gradeApi } from '#health/api';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useMay } from '../../session/hooks.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import { type Graded, type Grades, gradeInWords, moodOf, policyInWords, policyOf, reasonInWords } from './grades.ts';

/** Somebody may grade it while the page is open. */
const EVERY_MS = 30_000;

export function Grade({ code }: { code: string }) {
  const { t } = useWords();
  const mayTest = useMay('pack.judge');
  const { data, error, again } = useRead(gradeApi.grades, { params: { code } }, { everyMs: EVERY_MS });
  const [now, ...before] = data?.items ?? [];
  return (
    <section className="panel" aria-label={t('grade.title')}>
      <div className="panel-head">
        <h2>
          {t('grade.title')} <HowComputed of="pack.grade" what={t('grade.title')} at={now?.at} />
        </h2>
        <span className="page-actions">
          {now && <ExportButton label={t('grade.export')} table="pack-grades" query={() => ({ pack: code })} />}
          {mayTest && (
            <Link className="plain-button" to={`/packs/${encodeURIComponent(code)}/test`}>
              {t('grade.test')}
            </Link>
          )}
        </span>
      </div>
      {!data && (error ? <Failure error={error} again={again} /> : <Waiting />)}
      {data && !now && <p className="quiet">{t('grade.none')}</p>}
      {data && now && <Now grades={data} it={now} />}
      {data && before.length > 0 && (
        <details>
          <summary>{t('grade.before', { count: before.length })}</summary>
          <ol className="timeline">
            {before.map((it) => (
              <li key={it.at}>
                <One grades={data} it={it} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Now({ grades, it }: { grades: Grades; it: Graded }) {
  const { t } = useWords();
  const { number, dateTime } = useFormats();
  const { estimate } = it.evidence;
  return (
    <>
      <One grades={grades} it={it} />
      {estimate && (
        <dl className="facts">
          <dt>
            {t('grade.estimate')}{' '}
            <HowComputed
              of="pack.interval"
              what={t('grade.estimate')}
              at={estimate.measuredAt}
              exact={`${estimate.lower} … ${estimate.upper} %`}
            />
          </dt>
          <dd>
            {t('grade.interval', {
              soh: number(estimate.soh, 1),
              lower: number(estimate.lower, 1),
              upper: number(estimate.upper, 1),
            })}
          </dd>
          <dt>{t('grade.basis')}</dt>
          <dd>{basisInWords(t, estimate.basis)}</dd>
          <dt>{t('grade.confirmed')}</dt>
          <dd>
            {it.confirmedAt ? (
              <time dateTime={it.confirmedAt}>{dateTime(Date.parse(it.confirmedAt))}</time>
            ) : (
              t('grade.never')
            )}
          </dd>
        </dl>
      )}
    </>
  );
}

/** One grade with its reasons, as the policy of that day has it. */
function One({ grades, it }: { grades: Grades; it: Graded }) {
  const { t, language } = useWords();
  const { dateTime, number } = useFormats();
  const policy = policyOf(grades, it);
  return (
    <>
      <p className="pack-state">
        <State mood={moodOf[it.grade]}>{gradeInWords(policy, it.grade, language)}</State>
      </p>
      <p className="quiet">
        {t('grade.since')} <time dateTime={it.at}>{dateTime(Date.parse(it.at))}</time> ·{' '}
        {policyInWords(policy, language)}
      </p>
      <ul className="grade-reasons">
        {it.reasons.map((reason) => {
          const said = reasonInWords(policy, reason, { t, language, number });
          return <li key={said}>{said}</li>;
        })}
      </ul>
    </>
  );
}

const basisInWords = (t: T, basis: string): string =>
  basis === 'capacity-test' ? t('grade.byTest') : basis === 'charge' ? t('grade.byCharge') : basis;
