// Who owns which share, what of it is pledged and to whom, how it may move, who rents the pack and who has it.
import { Button } from 'antd';
import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import type { Start } from './bench.ts';
import { restrictedTo, share, type Title } from './words.ts';

interface Props {
  readonly title: Title;
  readonly start: Start;
}

export function Owners({ title, start }: Props) {
  const { t } = useWords();
  const formats = useFormats();
  const { owners, lessee, custodian, restrictions, keys } = title;
  return (
    <section className="panel" aria-label={t('title.owners')}>
      <h2>{t('title.owners')}</h2>
      {owners.length === 0 ? (
        <p className="quiet">{t('pack.noOwner')}</p>
      ) : (
        <div className="plain-scroll">
          <PlainTable
            caption={t('title.owners')}
            heads={[
              t('title.owner'),
              { number: t('title.share') },
              { number: t('title.millionths') },
              { number: t('title.pledged') },
            ]}
          >
            <tbody>
              {owners.map((it) => (
                <tr key={it.party}>
                  <th scope="row">
                    <span className="code">{it.party}</span>
                    {!keys.some((key) => key.party === it.party) && (
                      <small className="quiet block">{t('title.noKey')}</small>
                    )}
                  </th>
                  <td className="number">{share(it.millionths)}</td>
                  <td className="number">{formats.count(it.millionths)}</td>
                  <td className="number">{it.pledged > 0 ? share(it.pledged) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        </div>
      )}
      <dl className="facts">
        <dt>{t('title.restrictions')}</dt>
        <dd>
          {restrictedTo(restrictions, { t, formats }).map((it) => (
            <span key={it} className="block">
              {it}
            </span>
          ))}
        </dd>
        <dt>{t('title.lessee')}</dt>
        <dd>{lessee === null ? t('title.noLessee') : <span className="code">{lessee}</span>}</dd>
        <dt>{t('pack.custodian')}</dt>
        <dd>{custodian === null ? t('packs.nobody') : <Holder of={custodian} />}</dd>
      </dl>
      <Liens title={title} start={start} />
    </section>
  );
}

function Liens({ title: { liens }, start }: Props) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  return (
    <>
      <h3>{t('title.liens')}</h3>
      {liens.length === 0 ? (
        <p className="quiet">{t('title.noLiens')}</p>
      ) : (
        <ul className="title-list">
          {liens.map((it) => (
            <li key={it.id}>
              <p>
                <span className="code">{it.id}</span>: {t('title.lienIs', { ...it, share: share(it.millionths) })}
              </p>
              <p className="quiet">
                {it.purpose} · {t('title.since', { at: dateTime(Date.parse(it.since)) })}
              </p>
              <Button size="small" onClick={() => start('release', { lien: it.id })}>
                {t('title.kind.release')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
