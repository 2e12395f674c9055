// One account: what is on it, and each transfer with the balance after it.
import { Link, useParams } from '@tanstack/react-router';
import { bookReads } from '#insight/api';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { AccountFacts } from './AccountFacts.tsx';
import { AccountTransfers } from './AccountTransfers.tsx';

export function BookAccount() {
  const { t } = useWords();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, again } = useRead(bookReads.account, { params: { id } }, { on: ['swap'] });
  const head = (
    <PageHead
      title={
        <>
          {t('bookAccount.title')} <span className="code">{id}</span>
        </>
      }
      note={<Link to="/ledger">{t('bookAccount.back')}</Link>}
    />
  );
  if (!data)
    return (
      <>
        {head}
        {error && [400, 404].includes(error.status) ? (
          <p className="notice">{t('bookAccount.unknown', { id })}</p>
        ) : error ? (
          <Failure error={error} again={again} />
        ) : (
          <Waiting />
        )}
      </>
    );
  return (
    <>
      {head}
      <AccountFacts account={data} />
      <AccountTransfers account={data} />
    </>
  );
}
