// Who vouches for an entry of the record, by the name that the reader knows him by.
import { Fragment } from 'react';
import { useSession } from '../../session/hooks.ts';
import { useWords } from '../../words/index.ts';
import { Holder } from '../ledger/parts/Holder.tsx';

export function WhoSaid({ by }: { by: readonly string[] }) {
  const { t } = useWords();
  if (by.length === 0) return t('life.nobodySaid');
  return by.map((it, n) => (
    <Fragment key={it}>
      {n > 0 && ', '}
      <One name={it} />
    </Fragment>
  ));
}

/** Rooms of this house, which decide by rules. */
const house: readonly string[] = ['health', 'swap'];

function One({ name }: { name: string }) {
  const { t } = useWords();
  const { me } = useSession();
  if (house.includes(name)) return t('pack.history.byHouse');
  if (name.startsWith('station:')) return <Holder of={name} />;
  if (me?.person && name === `person:${me.person.id}`) return t('station.commands.you', { name: me.person.name });
  if (name.startsWith('person:')) return <span title={name}>{t('life.person', { id: name.slice(-6) })}</span>;
  if (name.startsWith('key:')) return <span title={name}>{t('life.key', { id: name.slice(-6) })}</span>;
  return <span className="code">{name}</span>;
}
