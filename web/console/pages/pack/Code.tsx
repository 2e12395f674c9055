import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { meaningInWords, partInWords } from './code.ts';
import type { Story } from './Pack.tsx';

/** The code, part by part, as its standard reads it. */
export function Code({ story: { code, pack } }: { story: Story }) {
  const { t } = useWords();
  const { count } = useFormats();
  return (
    <section className="panel" aria-label={t('pack.code.title')}>
      <h2>{t('pack.code.title')}</h2>
      <p className="pack-code code">
        {code.parts.length > 0 && code.parts.map((it) => it.written).join('').length === pack.code.length
          ? code.parts.map((it) => <span key={it.part}>{it.written}</span>)
          : pack.code}
      </p>
      {code.wrong ? (
        <p className="quiet">{t('pack.code.wrong', { why: code.wrong })}</p>
      ) : (
        <>
          <PlainTable
            caption={t('pack.code.title')}
            heads={[t('pack.code.part'), t('pack.code.written'), t('pack.code.meaning')]}
          >
            <tbody>
              {code.parts.map((it) => (
                <tr key={it.part}>
                  <th scope="row">{partInWords(it, t)}</th>
                  <td className="code">{it.written}</td>
                  <td>{meaningInWords(it, code.standard, { t, count })}</td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
          <p className="quiet">{t('pack.code.standard', { standard: code.standard })}</p>
        </>
      )}
    </section>
  );
}
