// One transfer: both sides, what became of a promise, and all that was booked together with it.
import { Link, useParams } from '@tanstack/react-router';
import { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { type Mood, State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';
import { Reason } from '../ledger/parts/Reason.tsx';
import { about } from './about.ts';
import { Chain } from './Chain.tsx';
import { Legs } from './Legs.tsx';
import { Side } from './Side.tsx';
import './transfer.css';

type Story = Answer<typeof bookReads.transfer>;

const moods: Readonly<Record<Story['state'], Mood>> = {
  done: 'good',
  posted: 'good',
  open: 'going',
  voided: 'calm',
  expired: 'low',
};

export function BookTransfer() {
  const { t } = useWords();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, again } = useRead(bookReads.transfer, { params: { id } }, { on: ['swap'] });
  if (data) return <Told story={data} />;
  return (
    <>
      <PageHead title={t('bookTransfer.title')} note={<Link to="/ledger">{t('bookAccount.back')}</Link>} />
      {error && [400, 404].includes(error.status) ? (
        <p className="notice">{t('bookTransfer.unknown', { id })}</p>
      ) : error ? (
        <Failure error={error} again={again} />
      ) : (
        <Waiting />
      )}
    </>
  );
}

function Told({ story }: { story: Story }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const { amount } = useAmounts();
  const { transfer, from, to, state, chain, linked, at } = story;
  const { unit } = from;
  const source = about(transfer.id);
  return (
    <>
      <PageHead
        title={
          <>
            {t('bookTransfer.title')} <span className="code">{transfer.seq}</span>
          </>
        }
        note={
          <>
            <Link to="/ledger">{t('bookAccount.back')}</Link> · <span className="code">{transfer.id}</span>
          </>
        }
      />
      <section className="panel transfer" aria-label={t('bookTransfer.amount')}>
        <Side title={t('bookTransfer.from')} account={from} />
        <div className="transfer-amount">
          <p className="transfer-sum">
            {amount(unit, transfer.amount)}{' '}
            <HowComputed
              of="ledger.amount"
              what={t('bookTransfer.amount')}
              at={transfer.at}
              exact={exactAmount(unit, transfer.amount)}
            />
          </p>
          <p className="transfer-arrow" aria-hidden="true" />
          <p>
            <State mood={moods[state]}>{t(`bookTransfer.is.${state}`)}</State>
          </p>
        </div>
        <Side title={t('bookTransfer.to')} account={to} />
      </section>
      <section className="panel">
        <dl className="facts is-first">
          <dt>{t('bookTransfer.reason')}</dt>
          <dd>
            <Reason of={transfer.reason} />
          </dd>
          {source && (
            <>
              <dt>{t('bookTransfer.bookedFor')}</dt>
              <dd>
                <Link to={source.href}>
                  {t(`bookTransfer.${source.what}`)} <span className="code">{source.id}</span>
                </Link>
              </dd>
            </>
          )}
          <dt>{t('bookTransfer.at')}</dt>
          <dd>
            <time dateTime={transfer.at}>{dateTime(Date.parse(transfer.at))}</time>
          </dd>
          <dt>{t('bookAccount.what')}</dt>
          <dd>{t(`bookTransfer.kind.${transfer.kind}`)}</dd>
          {transfer.expiresAt && (
            <>
              <dt>{t('bookTransfer.expires')}</dt>
              <dd>{dateTime(Date.parse(transfer.expiresAt))}</dd>
            </>
          )}
        </dl>
      </section>
      <Chain chain={chain} id={transfer.id} state={state} />
      <section className="panel">
        <div className="panel-head">
          <h2>{t('bookTransfer.linked')}</h2>
          <ExportButton table="linked-transfers" query={() => ({ transfer: transfer.id })} />
        </div>
        <Legs legs={linked} id={transfer.id} caption={t('bookTransfer.linked')} />
      </section>
      <p className="quiet">
        <Age at={at} />
      </p>
    </>
  );
}
