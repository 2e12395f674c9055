// Whose signatures are there, looked at in this browser, and whose are still to come.
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type Mood, State } from '../../shell/State.tsx';
import { useWords } from '../../words/index.ts';
import type { Looked, Prepared, standingOf } from './notes.ts';
import { share } from './words.ts';

interface Props {
  readonly prepared: Prepared;
  readonly lookedAt: readonly Looked[];
  readonly standing: ReturnType<typeof standingOf>;
  readonly signed: ReadonlySet<string>;
  readonly onPrepared: (prepared: Prepared) => void;
}

const moods: Readonly<Record<Looked['is'], Mood>> = { good: 'good', wrong: 'bad', unknown: 'low', unchecked: 'calm' };

export function Signatures({ prepared, lookedAt, standing, signed, onPrepared }: Props) {
  const { t } = useWords();
  const { keys } = prepared.needed;
  const { missing, millionths, isHalfShort, isComplete } = standing;
  const drop = (line: string) => onPrepared({ ...prepared, lines: prepared.lines.filter((it) => it !== line) });
  return (
    <div aria-live="polite">
      <ul className="title-list">
        {lookedAt.map((it) => (
          <li key={it.line} className="title-line">
            <State mood={moods[it.is]}>
              {it.is === 'good'
                ? t('title.has', { party: it.party })
                : t(`title.signature.${it.is}`, { name: it.name })}
            </State>
            {it.is !== 'good' && (
              <Button size="small" onClick={() => drop(it.line)}>
                {t('title.drop')}
              </Button>
            )}
          </li>
        ))}
        {missing.map((party) => (
          <li key={party} className="title-line">
            <State mood="going">{t('title.hasNot', { party })}</State>
            {!keys.some((it) => it.party === party) && (
              <span>
                {t('title.noKey')} · <Link to="/title-keys">{t('title.toKeys')}</Link>
              </span>
            )}
          </li>
        ))}
      </ul>
      {prepared.needed.andMoreThanHalf && (
        <p>
          <State mood={isHalfShort ? 'going' : 'good'}>{t('title.halfSigned', { share: share(millionths) })}</State>
        </p>
      )}
      {isComplete && signed.size > 0 && <p>{t('title.complete')}</p>}
    </div>
  );
}
