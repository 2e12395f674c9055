// What the owners were asked, how they answered by share, and what a carried vote orders.
import { Button } from 'antd';
import { useNetworkNow } from '../../live/clock.ts';
import { type Mood, State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Start } from './bench.ts';
import { ordered, share, type Title } from './words.ts';

type Vote = Title['votes'][number];

const moods: Readonly<Record<Vote['outcome'], Mood>> = { open: 'going', carried: 'good', rejected: 'bad' };

export function Votes({ title: { votes }, start }: { title: Title; start: Start }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t('title.votes')}>
      <h2>{t('title.votes')}</h2>
      {votes.length === 0 && <p className="quiet">{t('title.noVotes')}</p>}
      <ul className="title-list">
        {votes.toReversed().map((it) => (
          <OneVote key={it.id} it={it} start={start} />
        ))}
      </ul>
    </section>
  );
}

function OneVote({ it, start }: { it: Vote; start: Start }) {
  const { t } = useWords();
  const formats = useFormats();
  const now = useNetworkNow(10_000);
  const when = (iso: string) => formats.dateTime(Date.parse(iso));
  const isClosed = Date.parse(it.closesAt) <= now;
  const mayBeDone = it.proposal !== null && it.outcome === 'carried' && it.enactedAt === null;
  return (
    <li>
      <p className="title-line">
        <State mood={moods[it.outcome]}>{t(`title.voteIs.${it.outcome}`)}</State>
        <span className="code">{it.id}</span>
      </p>
      <p>“{it.question}”</p>
      {it.proposal && <p>{t('title.does.ifCarried', { order: ordered(it.proposal, { t, formats }) })}</p>}
      <Tally it={it} />
      <p className="quiet">
        {t('title.askedBy', { by: it.askedBy, at: when(it.askedAt) })}{' '}
        {t(isClosed ? 'title.closed' : 'title.closes', { at: when(it.closesAt) })}
        {it.enactedAt && ` ${t('title.enactedAt', { at: when(it.enactedAt) })}`}
      </p>
      {!isClosed && (
        <Button size="small" onClick={() => start('ballot', { vote: it.id })}>
          {t('title.kind.ballot')}
        </Button>
      )}
      {mayBeDone && (!it.threeQuarters || isClosed) && (
        <Button size="small" onClick={() => start('enact', { vote: it.id })}>
          {t('title.kind.enact')}
        </Button>
      )}
    </li>
  );
}

/** In words, and as a bar for the eye: yes from the left, no from the right, the mark where it is carried. */
function Tally({ it: { yes, no, threeQuarters } }: { it: Vote }) {
  const { t } = useWords();
  const percent = (millionths: number) => `${millionths / 10_000}%`;
  return (
    <>
      <div className="title-tally" aria-hidden="true">
        <span className="is-yes" style={{ width: percent(yes) }} />
        <span className="is-no" style={{ width: percent(no) }} />
        <i style={{ left: threeQuarters ? '75%' : '50%' }} />
      </div>
      <p>
        {t('title.tally', { yes: share(yes), no: share(no), silent: share(1_000_000 - yes - no) })}{' '}
        {t(threeQuarters ? 'title.needsThreeQuarters' : 'title.needsHalf')}
      </p>
    </>
  );
}
