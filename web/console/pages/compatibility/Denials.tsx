import { useWords } from '../../words/index.ts';
import { clauseInWords, valueInWords } from './said.ts';

interface Denial {
  readonly id: string;
  readonly standard: string;
  readonly clause: string;
  readonly says: string;
  readonly aspect: string;
  readonly measured: string;
  readonly required: string;
  readonly also: readonly string[];
  readonly pack?: string | null;
}

const aspects = ['mechanical', 'electrical', 'cooling', 'lock', 'bms', 'station', 'guard', 'set'] as const;

/** The same fact of several equal packs is said once. */
const distinct = (denied: readonly Denial[]): Denial[] => {
  const seen = new Map<string, Denial>();
  for (const it of denied) {
    const isNew = it.pack?.startsWith('new-') ?? true;
    const key = isNew ? `${it.id} ${it.measured} ${it.required}` : `${it.id} ${it.pack}`;
    if (!seen.has(key)) seen.set(key, isNew ? { ...it, pack: null } : it);
  }
  return [...seen.values()];
};

/** The fewest clauses that say no: what is, what must be, and where it is written. */
export function Denials({ denied }: { denied: readonly Denial[] }) {
  const { t, language } = useWords();
  const clauses = distinct(denied);
  return (
    <>
      <p>{t('compatibility.why', { count: clauses.length })}</p>
      <ul className="denials">
        {clauses.map((it) => {
          const { text, lang } = clauseInWords(it, language);
          const aspect = aspects.find((one) => one === it.aspect);
          return (
            <li key={`${it.id} ${it.pack}`}>
              <p>
                <strong lang={lang}>{text}</strong>{' '}
                {aspect && <small className="quiet">{t(`compatibility.aspect.${aspect}`)}</small>}
                {it.pack && <small className="quiet code"> {it.pack}</small>}
              </p>
              <dl className="denial-facts">
                <dt className="quiet">{t('compatibility.measured')}</dt>
                <dd>{valueInWords(it.measured, language)}</dd>
                <dt className="quiet">{t('compatibility.required')}</dt>
                <dd>{valueInWords(it.required, language)}</dd>
                <dt className="quiet">{t('compatibility.clause')}</dt>
                <dd>
                  <Cited clause={it} />
                  {it.also.length > 0 && (
                    <small className="quiet block">
                      {t('compatibility.also', {
                        also: it.also.map(citation).join(', '),
                      })}
                    </small>
                  )}
                </dd>
              </dl>
            </li>
          );
        })}
      </ul>
      <p className="quiet">{t('compatibility.minimal')}</p>
    </>
  );
}

/** A clause's id without what it is about. */
const citation = (id: string): string => id.slice(0, id.lastIndexOf(' '));

/** Where a clause is written. Rules of our own have no number. */
export function Cited({
  clause: { standard, clause },
}: {
  clause: { readonly standard: string; readonly clause: string };
}) {
  const { t } = useWords();
  if (standard !== HOUSE) return `${standard} ${clause}`;
  return (
    <>
      {t('compatibility.house')}: <span lang="en">{clause}</span>
    </>
  );
}

/** Under which name the server keeps rules that no standard demands. */
const HOUSE = 'Packloop';
