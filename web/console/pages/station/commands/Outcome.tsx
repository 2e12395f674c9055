// What became of a command, in words: what the station answered, or that it does not, and what to do then.
import { State } from '../../../shell/State.tsx';
import { useFormats, useWords } from '../../../words/index.ts';
import { type Command, moods, outcomeOf, valuesIn } from './outcome.ts';

export function Outcome({ command, isShort = false }: { command: Command; isShort?: boolean }) {
  const { t } = useWords();
  const formats = useFormats();
  const it = outcomeOf(command);
  const facts =
    it.is === 'partly'
      ? { good: it.good, all: it.all }
      : 'status' in it
        ? { status: it.reason ? `${it.status} (${it.reason})` : it.status }
        : {};
  const todo =
    it.is === 'silent' || it.is === 'expired' || it.is === 'failed' || it.is === 'refused' || it.is === 'queued'
      ? it.is
      : undefined;
  const values = valuesIn(command.answer);
  const tookMs =
    command.sentAt && command.answeredAt && command.state === 'answered'
      ? Date.parse(command.answeredAt) - Date.parse(command.sentAt)
      : undefined;
  return (
    <div className="outcome">
      <State mood={moods[it.is]}>{t(`station.commands.is.${it.is}`, facts)}</State>{' '}
      {tookMs !== undefined && (
        <small className="quiet">{t('station.commands.took', { time: formats.lasting(tookMs) })}</small>
      )}
      {command.tries > 1 && <small className="quiet"> · {t('station.commands.tries', { n: command.tries })}</small>}
      {values.length > 0 && (
        <ul className="lines">
          {values.map(({ name, value }) => (
            <li key={name}>
              <code>{name}</code> = <code>{value}</code>
            </li>
          ))}
        </ul>
      )}
      {command.error && !isShort && (
        <p className="quiet" lang="en">
          {command.error}
        </p>
      )}
      {todo && !isShort && <p>{t(`station.commands.todo.${todo}`)}</p>}
    </div>
  );
}
