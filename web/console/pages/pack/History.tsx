// What happened to it, as the record tells: newest first.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { detectorIds, grades, riskLevels } from '#health/api';
import { useFormats, useWords } from '../../words/index.ts';
import { fieldsOf, happenedKey } from './happened.ts';
import type { Story } from './Pack.tsx';
import { WhoSaid } from './WhoSaid.tsx';
import { whyInWords } from './whys.ts';

type Entry = Story['history'][number];

/** The server tells so many. */
const MOST = 200;

export function History({ story: { history } }: { story: Story }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t('pack.history.title')}>
      <h2>{t('pack.history.title')}</h2>
      {history.length === 0 && <p className="quiet">{t('pack.history.none')}</p>}
      <ol className="timeline">
        {history.map((it) => (
          <Happening key={it.seq} entry={it} />
        ))}
      </ol>
      {history.length >= MOST && <p className="quiet">{t('pack.history.most', { most: MOST })}</p>}
    </section>
  );
}

function Happening({ entry: { seq, at, type, body } }: { entry: Entry }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const key = happenedKey(type);
  return (
    <li>
      <p>
        <strong>{key ? t(key) : <code>{type}</code>}</strong>{' '}
        <time dateTime={at} className="quiet">
          {dateTime(Date.parse(at))}
        </time>
      </p>
      <Fields body={body} />
      <details>
        <summary className="quiet">
          {t('pack.history.raw')} · {t('pack.history.entry', { seq })}
        </summary>
        <pre>{JSON.stringify(body, null, 2)}</pre>
      </details>
    </li>
  );
}

/** What the entry says, field by field, with links to what it names. */
function Fields({ body }: { body: Entry['body'] }) {
  const { t } = useWords();
  const { number, energy } = useFormats();
  const said = (name: string, value: string | number): ReactNode => {
    if (name === 'stationId') return <Link to={`/stations/${encodeURIComponent(value)}`}>{value}</Link>;
    if (name === 'swapId')
      return (
        <Link to={`/swaps/${encodeURIComponent(value)}`} className="code">
          {String(value).slice(-12)}
        </Link>
      );
    if (name === 'successor' || name === 'original')
      return (
        <Link to={`/packs/${encodeURIComponent(value)}`} className="code">
          {value}
        </Link>
      );
    if (name === 'why' || name === 'finding') return whyInWords(String(value), t);
    if (name === 'by') return <WhoSaid by={[String(value)]} />;
    const grade = name === 'grade' && grades.find((it) => it === value);
    if (grade) return t(`pack.shutBy.grades.${grade}`);
    const level = (name === 'level' || name === 'from') && riskLevels.find((it) => it === value);
    if (level) return t(`risk.level.${level}`);
    const detector = name === 'detector' && detectorIds.find((it) => it === value);
    if (detector) return t(`risk.detector.${detector}`, { where: t('risk.pack') });
    if (name === 'soc' || name === 'soh') return `${number(Number(value), 1)} %`;
    if (name === 'energyWh' || name === 'capacityWh' || name === 'wh') return energy(Number(value));
    return value;
  };
  const fields = fieldsOf(body);
  if (fields.length === 0) return null;
  return (
    <p className="timeline-fields">
      {fields.map(({ name, value }) => (
        <span key={name}>
          <span className="quiet">{t(`pack.field.${name}`)}</span> {said(name, value)}
        </span>
      ))}
    </p>
  );
}
