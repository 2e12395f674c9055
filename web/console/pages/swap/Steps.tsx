// The way of a swap: every step with its time, how long it took, and how long the station's profile gives it.
import { HowComputed } from '../../explain/HowComputed.tsx';
import { State } from '../../shell/State.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import { stateInWords } from './said.ts';
import { doneOf, looksOf, type Off, type StepLook, type TimedStep } from './timing.ts';

interface Props {
  readonly steps: readonly TimedStep[];
  readonly isOver: boolean;
  /** Without the column of explanations, where there is little room. */
  readonly isShort?: true;
}

export function Steps({ steps, isOver, isShort }: Props) {
  const { t } = useWords();
  const looks = looksOf(steps, isOver);
  return (
    <Scroll label={t('swap.steps.title')}>
      <PlainTable
        className="steps"
        caption={t('swap.steps.title')}
        heads={[
          t('swap.steps.step'),
          t('swap.steps.at'),
          {
            number: (
              <>
                {t('swap.steps.took')}
                {!isShort && <HowComputed of="swap.took" what={t('swap.steps.took')} />}
              </>
            ),
          },
          {
            number: (
              <>
                {t('swap.steps.expected')}
                {!isShort && <HowComputed of="swap.expected" what={t('swap.steps.expected')} />}
              </>
            ),
          },
        ]}
      >
        <tbody>
          {steps.map((it, index) => (
            <Row key={it.step} step={it} look={looks[index]!} />
          ))}
        </tbody>
      </PlainTable>
    </Scroll>
  );
}

/** From here on, minutes read better than seconds. */
const LONG_S = 120;

function Row({ step, look }: { step: TimedStep; look: StepLook }) {
  const { t } = useWords();
  const formats = useFormats();
  const seconds = (s: number) =>
    s < LONG_S ? t('swap.steps.seconds', { s: formats.number(s, 1) }) : formats.lasting(s * 1000);
  return (
    <tr className={`step is-${look.is}`} aria-current={look.is === 'next' ? 'step' : undefined}>
      <th scope="row">
        <State mood={look.is === 'done' ? 'good' : look.is === 'next' ? 'going' : 'calm'}>
          {stateInWords(t, step.step)}
        </State>
      </th>
      <td>
        {look.is === 'done' ? (
          <time dateTime={look.at}>{formats.seconds(Date.parse(look.at))}</time>
        ) : (
          <span className={look.is === 'next' ? undefined : 'quiet'}>{t(`swap.steps.${look.is}`)}</span>
        )}
      </td>
      <td className="number">{look.is === 'done' && look.tookS !== null && seconds(look.tookS)}</td>
      <td className="number">
        {step.expectedS !== null && <span className="quiet">{seconds(step.expectedS)}</span>}
        {look.is === 'done' && look.off && <Deviation off={look.off} seconds={seconds} t={t} />}
      </td>
    </tr>
  );
}

function Deviation({ off, seconds, t }: { off: Off; seconds: (s: number) => string; t: T }) {
  if (off.is === 'in-time') return <span className="hidden">{t('swap.steps.inTime')}</span>;
  const said = t(`swap.steps.${off.is}`, { time: seconds(off.byS) });
  return <small className={`deviation is-${off.is}`}>{said}</small>;
}

/** How far along, as a bar and in words. */
export function Progress({ steps }: { steps: readonly TimedStep[] }) {
  const { t } = useWords();
  const [done, all] = [doneOf(steps), steps.length];
  return (
    <div className="progress">
      <progress value={done} max={all} aria-label={t('swap.steps.title')} />
      <span>{t('swap.steps.progress', { done, all })}</span>
    </div>
  );
}
