// What would become of packs if they were used and charged like this? Computed here, by the same formulas as the simulator's.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { saveAs } from '../../table/download.ts';
import { useWords } from '../../words/index.ts';
import { Answers, csvOf, Warnings } from './Answers.tsx';
import { Ask } from './Ask.tsx';
import { FadeChart } from './FadeChart.tsx';
import { type Question, readQuestion, writeQuestion } from './question.ts';
import { useFades } from './useFades.ts';
import '../compatibility/compatibility.css';
import './whatIf.css';

export function WhatIfPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const question = readQuestion(useSearch({ strict: false }) as Readonly<Record<string, string>>);
  const ask = (next: Question) => void navigate({ to: '.', search: writeQuestion(next) as never, replace: true });
  const { told, isDone } = useFades(question);
  const fades = told.flatMap((it) => ('fade' in it ? [it.fade] : []));
  const save = () => saveAs(new Blob([csvOf(fades, t)], { type: 'text/csv' }), 'packloop-what-if.csv');
  return (
    <>
      <PageHead
        title={t('whatIf.title')}
        note={t('whatIf.note')}
        actions={
          <Button icon={<Icon name="export" />} disabled={!isDone || fades.length === 0} onClick={save}>
            CSV
          </Button>
        }
      />
      <div className="fitting">
        <Ask question={question} ask={ask} />
        <div className="fitting-answer">
          <section className="panel" aria-label={t('whatIf.curves')} aria-busy={!isDone}>
            <h2>{t('whatIf.curves')}</h2>
            <p className="what-if-simulated">{t('whatIf.simulated')}</p>
            {told.length === 0 ? <Waiting /> : <FadeChart fades={fades} years={question.years} />}
            <Answers told={told} years={question.years} />
          </section>
          {fades.length > 0 && (
            <section className="panel" aria-label={t('whatIf.unknown')}>
              <h2>{t('whatIf.unknown')}</h2>
              <Warnings fades={fades} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}
