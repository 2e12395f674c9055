// Who asked something of a station: a person, a key, or a swap by itself.
import { Link } from '@tanstack/react-router';
import { useSession } from '../../../session/hooks.ts';
import { useWords } from '../../../words/index.ts';

const swapIn = (name: string): string | undefined =>
  name.startsWith('swap:') ? name.slice('swap:'.length) : undefined;

export function AskedBy({ name, called }: { name: string; called: string | null }) {
  const { t } = useWords();
  const { me } = useSession();
  if (me?.person && name === `person:${me.person.id}`) return t('station.commands.you', { name: me.person.name });
  const swapId = swapIn(name);
  if (swapId !== undefined) return t('anomalies.swap', { id: swapId.slice(-12) });
  return called === null ? <span className="code">{name}</span> : <span title={name}>{called}</span>;
}

/** To the swap for which it was asked; nothing when it was for none. */
export function AskedFor({ name }: { name: string }) {
  const { t } = useWords();
  const swapId = swapIn(name);
  if (swapId === undefined) return null;
  return (
    <p>
      <Link to={`/swaps/${swapId}`}>{t('station.running.open')}</Link>
    </p>
  );
}
