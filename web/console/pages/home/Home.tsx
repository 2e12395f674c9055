// The network at a glance: figures with their ages, swaps under way, what somebody should look at.
import './home.css';
import { Link } from '@tanstack/react-router';
import { insightApi } from '#insight/api';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { Attention } from './Attention.tsx';
import { Figures } from './Figures.tsx';
import { Running } from './Running.tsx';
import { StationsAtAGlance } from './StationsAtAGlance.tsx';

export function Home() {
  const { t } = useWords();
  const { data, error, again } = useRead(insightApi.network, undefined, {
    on: ['station', 'swap'],
    everyMs: 10_000,
  });
  if (!data) return error ? <Failure error={error} again={again} /> : <Waiting />;
  if (data.stations.length === 0) return <NoStations />;
  return (
    <>
      <PageHead title={t('home.title')} note={t('home.note')} />
      <Figures network={data} />
      <div className="home">
        <Running stations={data.stations} />
        <Attention stations={data.stations} />
        <StationsAtAGlance network={data} />
      </div>
    </>
  );
}

function NoStations() {
  const { t } = useWords();
  return (
    <div className="notice">
      <h1>{t('home.noStations')}</h1>
      <p>{t('home.begin')}</p>
      <p>
        <code>npx packloop import stations FILE.csv</code>
      </p>
      <p>
        <code>npx packloop demo</code>
      </p>
      <p>
        <Link to="/stations">{t('home.stations')}</Link>
      </p>
    </div>
  );
}
