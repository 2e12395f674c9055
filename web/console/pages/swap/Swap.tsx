// Everything about one swap, on one page, as it happens.
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { useReadAbout } from '../station/about.ts';
import { Bill } from './Bill.tsx';
import { CancelSwap } from './CancelSwap.tsx';
import { Checks } from './Checks.tsx';
import { Packs } from './Packs.tsx';
import { Panel } from './Panel.tsx';
import { Problems } from './Problems.tsx';
import { ResolveSwap } from './ResolveSwap.tsx';
import { Progress, Steps } from './Steps.tsx';
import { moodOf, originInWords, stateInWords, waitInWords } from './said.ts';
import { Transfers } from './Transfers.tsx';
import { Until } from './Until.tsx';
import '../station/twin.css';

type Story = Answer<typeof swapReads.story>;

export function Swap() {
  const { t } = useWords();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, again, came } = useReadAbout(
    swapReads.story,
    { params: { swapId: id as never } },
    { swap: (news) => news.id === id },
  );
  if (!data)
    return (
      <>
        <PageHead title={t('swap.title')} note={<Link to="/swaps">{t('swap.back')}</Link>} />
        {error?.status === 404 || error?.status === 400 ? (
          <p className="notice">{t('swap.unknown', { id })}</p>
        ) : error ? (
          <Failure error={error} again={again} />
        ) : (
          <Waiting />
        )}
      </>
    );
  return <Told story={data} came={came} />;
}

function Told({ story, came }: { story: Story; came: number }) {
  const { t } = useWords();
  const { swap } = story;
  const isOver = swap.endedAt !== null;
  return (
    <>
      <Head story={story} came={came} />
      <div className="twin-columns">
        <div className="twin-main">
          <Panel title={t('swap.steps.title')} end={<Exchange story={story} />}>
            <Steps steps={story.steps} isOver={isOver} />
          </Panel>
          <Panel title={t('swap.packs.title')}>
            <Packs story={story} />
          </Panel>
        </div>
        <div className="twin-side">
          {swap.problems.length > 0 && (
            <Panel title={t('swap.problems')}>
              <Problems problems={swap.problems} />
            </Panel>
          )}
          <Panel title={t('swap.checks.title')}>
            <Checks checks={story.checks} />
          </Panel>
          <Panel title={t('swap.bill.title')}>
            <Bill story={story} />
          </Panel>
          <Panel title={t('swap.record.title')}>
            <Record story={story} />
          </Panel>
        </div>
      </div>
      <Panel
        title={t('swap.books.title')}
        end={story.transfers.length > 0 && <ExportButton table="swap-transfers" query={() => ({ swap: swap.id })} />}
      >
        <Transfers transfers={story.transfers} />
      </Panel>
    </>
  );
}

function Head({ story, came }: { story: Story; came: number }) {
  const { t } = useWords();
  const formats = useFormats();
  const { swap, stationName, driverId, vin } = story;
  const next = story.steps.find((it) => it.isNext)?.step;
  const waiting = story.waitingFor && waitInWords(t, { state: swap.state, next, said: story.waitingFor });
  return (
    <>
      <PageHead
        title={
          <>
            {t('swap.title')} <span className="code">{swap.id.slice(-12)}</span>
          </>
        }
        note={
          <span className="twin-note">
            <Link to="/swaps">{t('swap.back')}</Link>
            <Age at={story.at} came={came} always />
          </span>
        }
        actions={
          <>
            <ResolveSwap story={story} />
            <CancelSwap story={story} />
          </>
        }
      />
      <div className="panel headline">
        <p className="headline-state">
          <State mood={moodOf(swap.state)}>{stateInWords(t, swap.state)}</State>
          <Progress steps={story.steps} />
        </p>
        {waiting && swap.endedAt === null && (
          <p role="status">
            {t('station.running.waiting')}: <strong>{waiting}</strong>
            {swap.expiresAt && (
              <small className="quiet">
                {' '}
                · <Until at={swap.expiresAt} />
              </small>
            )}
          </p>
        )}
        <dl className="pairs">
          <Pair title={t('swap.station')}>
            <Link to={`/stations/${encodeURIComponent(swap.stationId)}`}>{stationName}</Link>
          </Pair>
          <Pair title={t('swap.origin')}>{originInWords(t, swap.origin)}</Pair>
          <Pair title={t('swap.at')}>{formats.dateTime(Date.parse(swap.startedAt))}</Pair>
          <Pair title={t('swap.ended')}>
            {swap.endedAt ? formats.dateTime(Date.parse(swap.endedAt)) : t('swap.notYet')}
          </Pair>
          {driverId && <Pair title={t('swap.driver')}>{driverId}</Pair>}
          {vin && <Pair title={t('swap.vin')}>{vin}</Pair>}
        </dl>
      </div>
    </>
  );
}

const Pair = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

function Exchange({ story: { exchangeS, expectedS } }: { story: Story }) {
  const { t } = useWords();
  const formats = useFormats();
  const seconds = (s: number) => t('swap.steps.seconds', { s: formats.number(s, 0) });
  const expected = seconds(expectedS);
  return (
    <span className="quiet">
      {exchangeS === null
        ? t('swap.steps.exchangeOpen', { expected })
        : t('swap.steps.exchange', { took: seconds(exchangeS), expected })}{' '}
      <HowComputed of="swap.exchange" />
    </span>
  );
}

function Record({ story }: { story: Story }) {
  const { t } = useWords();
  const formats = useFormats();
  if (story.record.length === 0) return <p className="quiet">{t('swap.none')}</p>;
  return (
    <ul className="lines">
      {story.record.map((it) => (
        <li key={it.seq}>
          <details>
            <summary>
              <code>{it.type}</code>{' '}
              <span className="quiet">
                {t('swap.record.seq')} {formats.count(it.seq)} · {formats.seconds(Date.parse(it.at))}
              </span>
            </summary>
            <pre>{JSON.stringify(it.body, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
