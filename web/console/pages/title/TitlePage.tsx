// Title of one pack: who owns, pledged, rents and decides what; everything that was signed; and where new acts are made and signed.
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { titleApi } from '#pack/api';
import { useRead } from '../../api/read.ts';
import { Age } from '../../live/Age.tsx';
import { networkNow } from '../../live/clock.ts';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { saveText } from '../../table/download.ts';
import { useWords } from '../../words/index.ts';
import { ActsDone } from './ActsDone.tsx';
import { type Start, useBench } from './bench.ts';
import { firstTyped } from './kinds.ts';
import { Offers } from './Offers.tsx';
import { Owners } from './Owners.tsx';
import { Votes } from './Votes.tsx';
import { Workbench } from './Workbench.tsx';
import type { Acts, Title } from './words.ts';
import './title.css';

/** Others sign meanwhile. */
const EVERY_MS = 10_000;

export function TitlePage() {
  const { t } = useWords();
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const title = useRead(titleApi.title, { params: { code: code as never } }, { everyMs: EVERY_MS });
  const acts = useRead(titleApi.titleActs, { params: { code: code as never } }, { everyMs: EVERY_MS });
  const [data, error] = [title.data, title.error ?? acts.error];
  if (data && acts.data) return <Known key={code} title={data} acts={acts.data.acts} came={title.came} />;
  return (
    <>
      <PageHead title={t('title.page')} note={<Link to="/packs">{t('pack.back')}</Link>} />
      {error && [400, 404].includes(error.status) ? (
        <p className="notice">{t('pack.unknown', { code })}</p>
      ) : error ? (
        <Failure
          error={error}
          again={() => {
            title.again();
            acts.again();
          }}
        />
      ) : (
        <Waiting />
      )}
    </>
  );
}

function Known({ title, acts, came }: { title: Title; acts: Acts; came: number }) {
  const { t } = useWords();
  const { code } = title;
  const [bench, put] = useBench(code);
  const table = useRef<HTMLDivElement>(null);
  const start: Start = (kind, typed = {}) => {
    put({ step: 'typing', kind, typed: { ...firstTyped(kind, title, networkNow()), ...typed } });
    table.current?.scrollIntoView({ block: 'start' });
    table.current?.focus({ preventScroll: true });
  };
  const save = () =>
    saveText(`${JSON.stringify({ title, acts }, null, 1)}\n`, `packloop-title-${code}.json`, 'application/json');
  return (
    <>
      <PageHead
        title={
          <>
            {t('title.page')} <span className="code">{code}</span>
          </>
        }
        note={
          <>
            <Link to={`/packs/${code}`}>{t('title.back')}</Link> · <Age came={came} always />
          </>
        }
        actions={<Button onClick={save}>{t('title.export')}</Button>}
      />
      <div className="title-page">
        <div className="title-main">
          <Owners title={title} start={start} />
          <Offers title={title} start={start} />
          <Votes title={title} start={start} />
          <ActsDone acts={acts} code={code} />
        </div>
        <div className="title-side" ref={table} tabIndex={-1}>
          <Workbench title={title} acts={acts} bench={bench} put={put} start={start} />
        </div>
      </div>
    </>
  );
}
