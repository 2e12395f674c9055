// Who asked something of a station: a person, a key, or a swap by itself.
import { Link } from '@tanstack/react-router';
import { useSession } from '../../../session/hooks.ts';
import { useWords } from '../../../words/index.ts';

export function AskedBy({ name }: { name: string }) {
  const { t } = useWords();
  const { me } = useSession();
  if (me?.person && name === `person:${me.person.id}`) return t('station.commands.you', { name: me.person.name });
  if (name.startsWith('swap:'))
    return <Link to={`/swaps/${name.slice('swap:'.length)}`}>{t('anomalies.swap', { id: name.slice(-12) })}</Link>;
  return <span className="code">{name}</span>;
}
