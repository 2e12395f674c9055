// Who has it, and whose it is.
import { Link } from '@tanstack/react-router';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useMay } from '../../session/hooks.ts';
import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { useAmounts } from '../ledger/parts/amount.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import { Reason } from '../ledger/parts/Reason.tsx';
import { transferHref } from '../transfer/href.ts';
import type { Story } from './Pack.tsx';

export function Owned({ story }: { story: Story }) {
  const { t } = useWords();
  const { pack, custody } = story;
  const [now, ...before] = custody;
  return (
    <section className="panel" aria-label={t('pack.owned')}>
      <h2>{t('pack.owned')}</h2>
      <dl className="facts is-first">
        <dt>{t('pack.custodian')}</dt>
        <dd>
          {pack.custody ? <Holder of={pack.custody} /> : <span className="quiet">{t('packs.nobody')}</span>}
          {now && now.holder === pack.custody && (
            <small className="quiet block">
              <Since it={now} />
            </small>
          )}
        </dd>
      </dl>
      <Owners story={story} />
      <p className="spaced">
        <Link className="lone-link" to={`/packs/${pack.code}/title`}>
          {t('title.open')}
        </Link>
      </p>
      {before.length > 0 && (
        <details>
          <summary>
            {t('pack.chain')} ({before.length})
          </summary>
          <ol className="pack-custodians">
            {before.map((it) => (
              <li key={it.transfer}>
                <Holder of={it.holder} /> <Since it={it} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Since({ it }: { it: Story['custody'][number] }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const mayOpen = useMay('ledger.see');
  const said = (
    <>
      {t('pack.since')} {dateTime(Date.parse(it.since))}
    </>
  );
  return (
    <span className="quiet">
      {mayOpen ? <Link to={transferHref(it.transfer)}>{said}</Link> : said} · <Reason of={it.reason} />
    </span>
  );
}

function Owners({ story: { title, at } }: { story: Story }) {
  const { t } = useWords();
  const { amount } = useAmounts();
  if (title.length === 0) return <p className="quiet">{t('pack.noOwner')}</p>;
  return (
    <PlainTable
      caption={t('pack.owners')}
      heads={[
        t('pack.owners'),
        {
          number: (
            <>
              {t('pack.share')} <HowComputed of="pack.share" what={t('pack.share')} at={at} />
            </>
          ),
        },
      ]}
    >
      <tbody>
        {title.map((it) => (
          <tr key={it.party}>
            <th scope="row">
              {it.name ?? it.party} <small className="quiet code">{it.name && it.party}</small>
            </th>
            <td className="number" title={`${it.millionths} / 1,000,000`}>
              {amount('title', it.millionths)}
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
