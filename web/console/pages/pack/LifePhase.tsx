// One phase in the life of a pack: from when to when, what happened in it, and who says so.
import { Link } from '@tanstack/react-router';
import { useFormats, useWords } from '../../words/index.ts';
import { happenedKey } from './happened.ts';
import type { Life, LifeEvent, Phase } from './life.ts';
import { WhoSaid } from './WhoSaid.tsx';

/** The newest of them say how it stands; the others are a press away. */
const SHOWN = 3;

interface Props {
  readonly phase: Phase;
  readonly life: Life;
  /** A day: the record of this network begins later, when the pack entered. */
  readonly producedOn: string;
}

export function LifePhase({ phase, life, producedOn }: Props) {
  const { t } = useWords();
  const { name, is, milestones, swaps } = phase;
  const other = name === 'first-life' ? life.original : name === 'second-life' ? life.successor : null;
  const rest = milestones.slice(SHOWN);
  return (
    <li className={`is-${is}`} aria-current={is === 'now' ? 'step' : undefined}>
      <p>
        <strong>{t(`life.phase.${name}`)}</strong> {is === 'now' && <span className="life-now">{t('life.now')}</span>}{' '}
        <Span phase={phase} />
      </p>
      {is === 'ahead' && <p className="quiet">{t(`life.ahead.${name}`)}</p>}
      {name === 'in-use' && is === 'now' && phase.since === undefined && <p>{t('life.fromTheStart')}</p>}
      {other && <Other code={other} isNew={name === 'second-life'} />}
      {name === 'production' && <p>{t('life.made', { day: producedOn })}</p>}
      {swaps > 0 && <p>{t('life.swaps', { count: swaps })}</p>}
      {milestones.slice(0, SHOWN).map((it) => (
        <Milestone key={it.seq} it={it} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary className="quiet">{t('life.more', { count: rest.length })}</summary>
          {rest.map((it) => (
            <Milestone key={it.seq} it={it} />
          ))}
        </details>
      )}
    </li>
  );
}

function Span({ phase: { name, is, since, until } }: { phase: Phase }) {
  const { t } = useWords();
  const { day } = useFormats();
  const on = (at: string) => <time dateTime={at}>{day(Date.parse(at))}</time>;
  if (is === 'ahead') return null;
  if (name === 'first-life' && until)
    return (
      <span className="quiet">
        {t('life.until')} {on(until)}
      </span>
    );
  const [first, last] = [since && day(Date.parse(since)), until && day(Date.parse(until))];
  return (
    <span className="quiet">
      {is === 'now' && since ? (
        <>
          {t('life.since')} {on(since)}
        </>
      ) : since && until && first !== last ? (
        <>
          {on(since)} – {on(until)}
        </>
      ) : (
        (since ?? until) && on((since ?? until)!)
      )}
    </span>
  );
}

/** The same pack under its other code, with the passport of that code. */
function Other({ code, isNew }: { code: string; isNew: boolean }) {
  const { t } = useWords();
  const path = encodeURIComponent(code);
  return (
    <p>
      {t(isNew ? 'life.goesOnAs' : 'life.wasOnce')}{' '}
      <Link to={`/packs/${path}`} className="code">
        {code}
      </Link>{' '}
      ·{' '}
      <a href={`/p/${path}`} target="_blank" rel="noreferrer">
        {t(isNew ? 'life.newPassport' : 'life.oldPassport')}
      </a>
    </p>
  );
}

/** Nobody decides a grade: a policy does. */
const isByRule = (type: string): boolean => type === 'pack.graded' || type.startsWith('health.');

function Milestone({ it: { type, at, by } }: { it: LifeEvent }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const key = happenedKey(type);
  return (
    <p className="life-milestone">
      {key ? t(key) : <code>{type}</code>}{' '}
      <span className="quiet">
        <time dateTime={at}>{dateTime(Date.parse(at))}</time> ·{' '}
        {by.length === 0 && isByRule(type) ? t('pack.history.byHouse') : <WhoSaid by={by} />}
      </span>
    </p>
  );
}
