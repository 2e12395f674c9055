import { type Mood, State } from '../../shell/State.tsx';
import { useWords } from '../../words/index.ts';

const moods = {
  answered: 'good',
  queued: 'calm',
  sent: 'going',
  failed: 'bad',
  'timed-out': 'bad',
  expired: 'low',
} as const satisfies Readonly<Record<string, Mood>>;

const isKnown = (it: string): it is keyof typeof moods => Object.hasOwn(moods, it);

/** Whether a message was answered; a state that we do not know stands as it came. */
export function MessageState({ state }: { state: string }) {
  const { t } = useWords();
  return isKnown(state) ? <State mood={moods[state]}>{t(`station.messages.is.${state}`)}</State> : state;
}
