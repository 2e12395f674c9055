// Everything about one pack, on one page: now, whose it is, what it went through, its health, money, its code and label.
import { Link, useParams } from '@tanstack/react-router';
import { packReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { Age } from '../../live/Age.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { useReadAbout } from '../station/about.ts';
import { Code } from './Code.tsx';
import { Grade } from './Grade.tsx';
import { HandoverPanel } from './HandoverPanel.tsx';
import { Health } from './Health.tsx';
import { History } from './History.tsx';
import { Judge } from './Judge.tsx';
import { Label } from './Label.tsx';
import { Life } from './Life.tsx';
import { Money } from './Money.tsx';
import { NotYet } from './NotYet.tsx';
import { Now } from './Now.tsx';
import { Owned } from './Owned.tsx';
import { PassportPanel } from './PassportPanel.tsx';
import { RiskPanel } from './RiskPanel.tsx';
import { Use } from './Use.tsx';
import './pack.css';

export type Story = Answer<typeof packReads.story>;

export function PackPage() {
  const { t } = useWords();
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const { data, error, again, came } = useReadAbout(
    packReads.story,
    { params: { code } },
    { swap: (news) => JSON.stringify(news).includes(code) },
  );
  if (!data)
    return (
      <>
        <PageHead title={t('pack.title')} note={<Link to="/packs">{t('pack.back')}</Link>} />
        {error && [400, 404].includes(error.status) ? (
          <p className="notice">{t('pack.unknown', { code })}</p>
        ) : error ? (
          <Failure error={error} again={again} />
        ) : (
          <Waiting />
        )}
      </>
    );
  return (
    <>
      <PageHead
        title={
          <>
            {t('pack.title')} <span className="code">{data.pack.code}</span>
          </>
        }
        note={
          <>
            <Link to="/packs">{t('pack.back')}</Link> · {data.model.name} · <Age at={data.at} came={came} always />
          </>
        }
        actions={<Judge story={data} />}
      />
      <div className="pack-page">
        <div className="pack-main">
          <Now story={data} />
          <Health story={data} />
          <Life story={data} />
          <Code story={data} />
          <PassportPanel code={data.pack.code} />
          <HandoverPanel code={data.pack.code} />
          <History story={data} />
        </div>
        <div className="pack-side">
          <RiskPanel code={data.pack.code} />
          <Grade code={data.pack.code} />
          <Owned story={data} />
          <Money story={data} />
          <Use story={data} />
          <NotYet story={data} />
          <Label code={data.pack.code} model={data.model.name} />
        </div>
      </div>
    </>
  );
}
