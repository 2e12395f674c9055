// What early warning holds against the pack, since when and why; and the way to clear it for whoever has looked at it.
import { Button } from 'antd';
import { useRef } from 'react';
import { riskApi } from '#health/api';
import type { Ask } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useMay } from '../../session/hooks.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { ClearForm } from './ClearForm.tsx';
import { figureInWords, moodOfRisk, type Risk, type Sign, signInWords } from './risks.ts';

/** A charge may end, or a pack run away, while the page is open. */
const EVERY_MS = 10_000;

export function RiskPanel({ code }: { code: string }) {
  const { t } = useWords();
  const mayClear = useMay('pack.judge');
  const act = useAct();
  const typed = useRef<Readonly<Record<string, string>>>({ finding: '' });
  const { data, error, again } = useRead(riskApi.risk, { params: { code } }, { everyMs: EVERY_MS });
  const risk = data?.risk;
  const clear = () =>
    act({
      title: t('risk.clearOf', { code }),
      says: <ClearForm onChange={(it) => (typed.current = it)} />,
      verb: t('risk.clear'),
      route: riskApi.clearRisk,
      ask: () => ({ params: { code }, body: typed.current }) as Ask<typeof riskApi.clearRisk>,
      done: () => {
        again();
        return t('risk.cleared');
      },
    });
  return (
    <section className="panel" aria-label={t('risk.title')}>
      <div className="panel-head">
        <h2>
          {t('risk.title')} <HowComputed of="pack.risk" what={t('risk.title')} at={risk?.at ?? undefined} />
        </h2>
        {mayClear && risk && risk.level !== 'calm' && <Button onClick={() => void clear()}>{t('risk.clear')}</Button>}
      </div>
      {!data && (error ? <Failure error={error} again={again} /> : <Waiting />)}
      {data && !risk && <p className="quiet">{t('risk.none')}</p>}
      {risk && <Standing risk={risk} />}
    </section>
  );
}

function Standing({ risk }: { risk: Risk }) {
  const { t } = useWords();
  const { number, dateTime } = useFormats();
  const when = (iso: string) => <time dateTime={iso}>{dateTime(Date.parse(iso))}</time>;
  const notes = risk.reasons.filter((it) => it.level === 'note');
  return (
    <>
      <p className="pack-state">
        <State mood={moodOfRisk[risk.level]}>{t(`risk.level.${risk.level}`)}</State>
      </p>
      <p className="quiet">
        {t('risk.since')} {when(risk.since)}
      </p>
      <p>{t(`risk.means.${risk.level}`)}</p>
      <Signs signs={risk.reasons.filter((it) => it.level !== 'note')} />
      {notes.length > 0 && (
        <>
          <p className="quiet">{t('risk.beside')}</p>
          <Signs signs={notes} />
        </>
      )}
      {risk.cleared && (
        <p className="quiet">
          {t('risk.wasCleared', {
            when: dateTime(Date.parse(risk.cleared.at)),
            finding: risk.cleared.finding,
            cause: t(`risk.cause.${risk.cleared.cause}`),
          })}
        </p>
      )}
      <dl className="facts">
        <dt>{t('risk.sessions')}</dt>
        <dd>{number(risk.sessions)}</dd>
        {risk.at && (
          <>
            <dt>{t('risk.last')}</dt>
            <dd>{when(risk.at)}</dd>
          </>
        )}
        <dt>
          {t('risk.consistency')}{' '}
          <HowComputed of="pack.consistency" what={t('risk.consistency')} at={risk.at ?? undefined} />
        </dt>
        <dd>
          {risk.consistency === null ? t('risk.unread') : t('risk.points', { points: number(risk.consistency, 2) })}
        </dd>
        <dt>{t('risk.limits')}</dt>
        <dd>{risk.thresholds}</dd>
      </dl>
    </>
  );
}

function Signs({ signs }: { signs: readonly Sign[] }) {
  const { t } = useWords();
  const { number, dateTime } = useFormats();
  if (signs.length === 0) return null;
  return (
    <ul className="grade-reasons">
      {signs.map((it) => (
        <li key={`${it.detector} ${it.by} ${it.cell} ${it.probe}`}>
          {signInWords(it, t)}{' '}
          <span className="quiet">
            {figureInWords(it, { t, number })} · {t('risk.since')}{' '}
            <time dateTime={it.since}>{dateTime(Date.parse(it.since))}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}
