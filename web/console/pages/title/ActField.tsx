// One field of an act: a list where the title knows what can be chosen, else a line to write on, with what is wrong beside it.
import { Input, Select } from 'antd';
import { useId } from 'react';
import { partyApi, partyKinds } from '#party/api';
import { useRead } from '../../api/read.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { type Field, millionthsOf, partsOf } from './typed.ts';
import { share, type Title } from './words.ts';

interface Props {
  readonly field: Field;
  readonly title: Title;
  readonly value: string;
  readonly isOptional: boolean;
  readonly isWrong: boolean;
  readonly onChange: (text: string) => void;
}

const parties: readonly Field[] = ['from', 'to', 'owner', 'holder', 'by', 'lessee'];
const moments: readonly Field[] = ['closes', 'lockedUntil'];
const shares: readonly Field[] = ['share', 'least'];

export function ActField({ field, title, value, isOptional, isWrong, onChange }: Props) {
  const { t } = useWords();
  const { count } = useFormats();
  const id = useId();
  const millionths = shares.includes(field) ? millionthsOf(value) : undefined;
  const hints = [
    millionths !== undefined && t('title.isMillionths', { millionths: count(millionths) }),
    isOptional && t('title.mayBeEmpty'),
  ].filter((it) => it !== false);
  return (
    <div className="field">
      <label htmlFor={id}>{t(`title.field.${field}`)}</label>
      <Control id={id} {...{ field, title, value, isWrong, onChange }} />
      {hints.length > 0 && (
        <small id={`${id}-hint`} className="quiet">
          {hints.join(' · ')}
        </small>
      )}
      {isWrong && (
        <small id={`${id}-wrong`} className="wrong" role="alert">
          {t(
            shares.includes(field)
              ? 'title.wrong.share'
              : field === 'price'
                ? 'title.wrong.price'
                : 'title.wrong.empty',
          )}
        </small>
      )}
    </div>
  );
}

type ControlProps = Omit<Props, 'isOptional'> & { readonly id: string };

function Control({ id, field, title, value, isWrong, onChange }: ControlProps) {
  const { t } = useWords();
  const choices = useChoices(field, title);
  const common = { id, value, 'aria-invalid': isWrong, 'aria-describedby': `${id}-wrong ${id}-hint` };
  if (field === 'buyerKinds')
    return (
      <Select
        id={id}
        mode="multiple"
        value={partsOf(value)}
        onChange={(list: string[]) => onChange(list.join(','))}
        options={partyKinds.map((it) => ({ value: it, label: t(`partyKind.${it}`) }))}
      />
    );
  if (choices) {
    // Nothing was chosen yet, unless nothing is a choice.
    const isOpen = value === '' && !choices.some((it) => it.value === '');
    return <Select {...common} {...(isOpen && { value: null as never })} onChange={onChange} options={choices} />;
  }
  if (field === 'question')
    return <Input.TextArea {...common} rows={3} maxLength={500} onChange={({ target }) => onChange(target.value)} />;
  return (
    <>
      <Input
        {...common}
        {...(moments.includes(field) && { type: 'datetime-local' })}
        {...(parties.includes(field) && { list: `${id}-list` })}
        maxLength={field === 'purpose' ? 200 : field === 'buyers' ? 4000 : 64}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
      {parties.includes(field) && <KnownParties id={`${id}-list`} title={title} />}
    </>
  );
}

/** Organisations that have a part in it, and those that the reader may see: offered, not demanded. */
function KnownParties({ id, title: { owners, liens, lessee } }: { id: string; title: Title }) {
  const { data } = useRead(partyApi.parties);
  const all = [
    ...owners.map((it) => it.party),
    ...liens.map((it) => it.holder),
    ...(lessee === null ? [] : [lessee]),
    ...(data?.items.map((it) => it.id) ?? []),
  ];
  return (
    <datalist id={id}>
      {[...new Set<string>(all)].map((it) => (
        <option key={it} value={it} />
      ))}
    </datalist>
  );
}

/** Where there are only so many answers. */
function useChoices(field: Field, { liens, votes, offers }: Title) {
  const { t } = useWords();
  const named = (ids: readonly { id: string; says: string }[]) =>
    ids.map(({ id, says }) => ({ value: id, label: `${id}: ${says}` }));
  switch (field) {
    case 'lien':
      return named(liens.map((it) => ({ id: it.id, says: t('title.lienIs', { ...it, share: share(it.millionths) }) })));
    case 'vote':
      return named(votes.map((it) => ({ id: it.id, says: it.question }))).toReversed();
    case 'offer':
    case 'underOffer':
      return [
        ...(field === 'underOffer' ? [{ value: '', label: t('title.noOffer') }] : []),
        ...named(offers.map((it) => ({ id: it.id, says: `${it.seller} → ${it.buyer}, ${share(it.millionths)}` }))),
      ];
    case 'choice':
      return (['yes', 'no'] as const).map((it) => ({ value: it, label: t(`title.choice.${it}`) }));
    case 'proposal':
      return (['', 'restrict', 'lease', 'sale'] as const).map((it) => ({
        value: it,
        label: t(`title.proposal.${it === '' ? 'none' : it}`),
      }));
    default:
      return undefined;
  }
}
