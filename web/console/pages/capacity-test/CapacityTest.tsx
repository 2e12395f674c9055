// The residual capacity test of one pack, step by step: what to do, what to enter, what was measured, and what came of it.
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { gradeApi } from '#health/api';
import type { Ask } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { Grade } from '../pack/Grade.tsx';
import { WhyForm } from '../pack/WhyForm.tsx';
import '../pack/pack.css';
import { failureInWords } from './failure.ts';
import { StepForm } from './StepForm.tsx';
import type { Reading, Test } from './steps.ts';
import { Taken } from './Taken.tsx';

export function CapacityTest() {
  const { t } = useWords();
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const { data, error, again } = useRead(gradeApi.capacityTest, { params: { code } });
  const test = data?.test;
  return (
    <>
      <PageHead
        title={
          <>
            {t('capacityTest.title')} <span className="code">{code}</span>
          </>
        }
        note={
          <>
            <Link to={`/packs/${encodeURIComponent(code)}`}>{t('capacityTest.back')}</Link> · {t('capacityTest.note')}
          </>
        }
        actions={test?.state === 'under-way' && <Abort code={code} />}
      />
      {!data ? (
        error ? (
          error.status === 404 ? (
            <p className="notice">{t('pack.unknown', { code })}</p>
          ) : (
            <Failure error={error} again={again} />
          )
        ) : (
          <Waiting />
        )
      ) : (
        <div className="pack-page">
          <div className="pack-main">
            {test?.next ? (
              <section className="panel" aria-label={t('capacityTest.title')}>
                <StepForm key={test.steps.length} reading={data} step={test.next} round={test.round} />
              </section>
            ) : (
              <Begin code={code} test={test ?? null} />
            )}
            {test && <Taken reading={data} test={test} />}
          </div>
          <div className="pack-side">
            <Procedure limits={data.limits} />
            {!test?.next && <Grade code={code} />}
          </div>
        </div>
      )}
    </>
  );
}

function Begin({ code, test }: { code: string; test: Test | null }) {
  const { t } = useWords();
  const act = useAct();
  const begin = () =>
    void act({
      title: t('capacityTest.beginOf', { code }),
      says: t('capacityTest.beginSays'),
      verb: t('capacityTest.begin'),
      route: gradeApi.startTest,
      ask: { params: { code } },
    });
  return (
    <section className="panel" aria-label={t('capacityTest.title')}>
      {test ? <Over test={test} /> : <p className="quiet">{t('capacityTest.noneYet')}</p>}
      <p className="spaced">
        <Button type={test ? 'default' : 'primary'} onClick={begin}>
          {t('capacityTest.begin')}
        </Button>
      </p>
    </section>
  );
}

const moods = { done: 'good', failed: 'bad', aborted: 'calm' } as const;

function Over({ test: { state, result, failure, why, endedAt } }: { test: Test }) {
  const { t } = useWords();
  const { number, dateTime } = useFormats();
  if (state === 'under-way') return null;
  return (
    <div role="status">
      <h2>
        <State mood={moods[state]}>{t(`capacityTest.over.${state}`)}</State>
      </h2>
      {endedAt && (
        <p className="quiet">
          <time dateTime={endedAt}>{dateTime(Date.parse(endedAt))}</time>
        </p>
      )}
      {result && (
        <p>
          {t('capacityTest.resultIs', {
            soh: number(result.soh, 1),
            lower: number(result.lower, 1),
            upper: number(result.upper, 1),
          })}{' '}
          <HowComputed of="test.result" what={t('capacityTest.result')} at={endedAt} exact={`${result.meanWh} Wh`} />
        </p>
      )}
      {failure ? <p>{failureInWords(failure, { t, number })}</p> : why && <p>{why}</p>}
    </div>
  );
}

function Abort({ code }: { code: string }) {
  const { t } = useWords();
  const act = useAct();
  const typed = useRef<Readonly<Record<string, string>>>({});
  const begin = () => {
    typed.current = { why: '' };
    return void act({
      title: t('capacityTest.abortOf', { code }),
      says: <WhyForm says={t('capacityTest.abortSays')} fields={['why']} onChange={(it) => (typed.current = it)} />,
      verb: t('capacityTest.abort'),
      route: gradeApi.abortTest,
      ask: () => ({ params: { code }, body: typed.current }) as Ask<typeof gradeApi.abortTest>,
      done: () => t('capacityTest.aborted'),
      danger: true,
    });
  };
  return (
    <Button danger onClick={begin}>
      {t('capacityTest.abort')}
    </Button>
  );
}

function Procedure({ limits }: { limits: Reading['limits'] }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t('capacityTest.procedure')}>
      <h2>{t('capacityTest.procedure')}</h2>
      <p>
        {t('capacityTest.procedureSays', {
          agreeing: limits.agreeing,
          apart: limits.mostApart,
          rounds: limits.mostRounds,
        })}
      </p>
    </section>
  );
}
