import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { useWords } from '../../words/index.ts';
import type { Finding } from './Invariants.tsx';
import { sentenceInWords } from './said.ts';

/** An invariant that is broken, with the rows that break it as the query found them. */
export function Violations({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const { text, lang } = sentenceInWords(finding, language);
  const fields = [...new Set(finding.violations.flatMap((it) => Object.keys(it)))];
  return (
    <article className="panel audit-finding">
      <h3 lang={lang}>{text}</h3>
      <p className="quiet">
        <span className="code">{finding.id}</span> · {t('audit.breaks', { count: finding.violations.length })}
      </p>
      <Scroll label={t('audit.violations')}>
        <PlainTable caption={t('audit.violations')} heads={fields}>
          <tbody>
            {finding.violations.map((row) => (
              <tr key={JSON.stringify(row)}>
                {fields.map((it) => (
                  <td key={it} className="code">
                    {plain(row[it])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </PlainTable>
      </Scroll>
    </article>
  );
}

const plain = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);
