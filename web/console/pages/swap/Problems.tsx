// What did not go by the book, in our words when we have some, with what to do; the server's sentence below.
import { useFormats, useWords } from '../../words/index.ts';
import { kindInWords } from '../anomalies/kinds.ts';

interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly at: string;
}

export function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useWords();
  const formats = useFormats();
  return (
    <ul className="lines">
      {problems.map((it) => {
        const said = kindInWords(t, it.code);
        return (
          <li key={`${it.code} ${it.at} ${it.sentence}`}>
            <strong>{said.title}</strong>{' '}
            <time className="quiet" dateTime={it.at}>
              {formats.seconds(Date.parse(it.at))}
            </time>
            <p lang="en" className="quiet">
              {it.sentence}
            </p>
            {said.remedy && <p>{said.remedy}</p>}
          </li>
        );
      })}
    </ul>
  );
}
