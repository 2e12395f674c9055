// All invariants of the network with what the last check found; and the button that checks them now.
import { Button } from 'antd';
import { auditApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { ChainJudged } from './ChainJudged.tsx';
import { Invariants } from './Invariants.tsx';
import { OnChain } from './OnChain.tsx';
import { Violations } from './Violations.tsx';
import './audit.css';

type Report = Answer<typeof auditApi.latest>;

const brokenOf = (it: Report) => it.findings.filter((finding) => finding.violations.length > 0);

export function Audit() {
  const { t } = useWords();
  const { data, error, again } = useRead(auditApi.latest);
  const isNever = error?.status === 404;
  return (
    <>
      <PageHead title={t('audit.title')} note={t('audit.note')} actions={<RunButton />} />
      {data ? (
        <Told report={data} />
      ) : isNever ? (
        <p className="notice">{t('audit.never')}</p>
      ) : error ? (
        <Failure error={error} again={again} />
      ) : (
        <Waiting />
      )}
      <OnChain />
    </>
  );
}

function RunButton() {
  const { t } = useWords();
  const act = useAct();
  if (!useMay('audit.run')) return null;
  const run = () =>
    act({
      title: t('audit.runOf'),
      says: t('audit.runSays'),
      verb: t('audit.run'),
      route: auditApi.run,
      ask: {},
      done: (report) => {
        const [many, broken] = [report.findings.length, brokenOf(report).length];
        return broken === 0 ? t('audit.ran', { many }) : t('audit.ranBroken', { many, broken });
      },
    });
  return (
    <Button type="primary" icon={<Icon name="audit" />} onClick={() => void run()}>
      {t('audit.run')}
    </Button>
  );
}

function Told({ report }: { report: Report }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const broken = brokenOf(report);
  return (
    <>
      <section className="panel audit-last" aria-label={t('audit.last')}>
        <p className="audit-verdict">
          <State mood={report.clean ? 'good' : 'bad'}>
            {report.clean ? t('audit.clean') : t('audit.unclean', { broken: broken.length })}
          </State>
          <HowComputed of="audit.violations" what={t('audit.result')} at={report.at} />
        </p>
        <p>
          {t('audit.last')}: <time dateTime={report.at}>{dateTime(Date.parse(report.at))}</time>{' '}
          <Age at={report.at} always />
        </p>
        <p className="quiet">
          {t('audit.by', { who: report.askedBy })} · {t('audit.took', { ms: report.tookMs })}
        </p>
        {report.chain && <ChainJudged chain={report.chain} />}
      </section>
      {broken.length > 0 && (
        <section aria-label={t('audit.broken')} className="audit-broken">
          <div className="panel-head">
            <h2>{t('audit.broken')}</h2>
            <ExportButton table="violations" query={() => ({})} />
          </div>
          {broken.map((it) => (
            <Violations key={it.id} finding={it} />
          ))}
          <p className="quiet">{t('audit.most')}</p>
        </section>
      )}
      <Invariants findings={report.findings} />
    </>
  );
}
