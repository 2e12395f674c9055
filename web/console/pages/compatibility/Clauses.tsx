import type { packApi } from '#pack/api';
import type { Answer } from '../../../shared/client.ts';
import { useWords } from '../../words/index.ts';
import { Cited } from './Denials.tsx';
import { clauseInWords } from './said.ts';

type Clause = (Answer<typeof packApi.check> & { allowed: true })['because'][number];

/** The clauses that all hold, for whoever wants to see them. */
export function Clauses({ clauses }: { clauses: readonly Clause[] }) {
  const { t, language } = useWords();
  return (
    <details>
      <summary>{t('compatibility.because', { count: clauses.length })}</summary>
      <ul className="fitting-clauses">
        {clauses.map((it) => {
          const { text, lang } = clauseInWords(it, language);
          return (
            <li key={it.id}>
              <span lang={lang}>{text}</span>{' '}
              <small className="quiet">
                <Cited clause={it} />
              </small>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
