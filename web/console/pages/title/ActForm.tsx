// The form of one act: what its row in the table of kinds asks. The network writes the text to be signed, or says why it cannot be.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { CallFailed } from '../../../shared/client.ts';
import { Refusal } from '../../shell/Refusal.tsx';
import { useWords } from '../../words/index.ts';
import { ActField } from './ActField.tsx';
import { type Body, draft, preparedFrom } from './draft.ts';
import { actOf, daysOf, fieldsOf, isOptional, type Kind } from './kinds.ts';
import type { Prepared } from './notes.ts';
import type { Field, Typed } from './typed.ts';
import type { Drafted, Title } from './words.ts';

interface Props {
  readonly title: Title;
  readonly kind: Kind;
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
  readonly onPrepared: (prepared: Prepared) => void;
}

export function ActForm({ title, kind, typed, onTyped, onPrepared }: Props) {
  const { t } = useWords();
  const [wrong, setWrong] = useState<Field>();
  const { mutate, error, isPending, reset } = useMutation<Drafted, CallFailed, Body>({
    mutationFn: (body) => draft(title.code, body),
    onSuccess: (drafted) => onPrepared(preparedFrom(drafted)),
  });
  const prepare = () => {
    const made = actOf(kind, typed);
    setWrong('wrong' in made ? made.wrong : undefined);
    if ('act' in made) mutate({ act: made.act, days: daysOf(typed)! });
  };
  const type = (field: Field, text: string) => {
    if (field === wrong) setWrong(undefined);
    if (error) reset();
    onTyped({ ...typed, [field]: text });
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        prepare();
      }}
    >
      <h3>{t(`title.kind.${kind}`)}</h3>
      <p>{t(`title.says.${kind}`)}</p>
      {fieldsOf(kind, typed).map((field) => (
        <ActField
          key={field}
          field={field}
          title={title}
          value={typed[field] ?? ''}
          isOptional={isOptional(field)}
          isWrong={field === wrong}
          onChange={(text) => type(field, text)}
        />
      ))}
      {error && <Refusal error={error} />}
      <div className="act-buttons">
        <Button type="primary" htmlType="submit" disabled={isPending}>
          {t('title.prepare')}
        </Button>
      </div>
    </form>
  );
}
