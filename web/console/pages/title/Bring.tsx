// Takes in what others have signed: as files, or pasted. Without a text on the bench, the first one brings its own.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { CallFailed } from '../../../shared/client.ts';
import { Refusal } from '../../shell/Refusal.tsx';
import { useWords } from '../../words/index.ts';
import { draft, preparedFrom } from './draft.ts';
import { actIn, looked, type NoNote, noteIn, type Prepared, statementIn, withLines } from './notes.ts';
import type { Title } from './words.ts';

interface Props {
  readonly code: Title['code'];
  /** What is being signed; none yet when absent. */
  readonly prepared?: Prepared;
  readonly onPrepared: (prepared: Prepared) => void;
}

type Fault = { readonly no: NoNote | 'wrong-signature' } | { readonly refused: CallFailed };

export function Bring({ code, prepared, onPrepared }: Props) {
  const { t } = useWords();
  const id = useId();
  const [pasted, setPasted] = useState('');
  const [fault, setFault] = useState<Fault>();
  const take = async (texts: readonly string[]) => {
    setFault(undefined);
    let now = prepared;
    for (const text of texts) {
      const next = await withNote(code, now, text);
      if ('prepared' in next) now = next.prepared;
      else return setFault(next);
    }
    setPasted('');
    if (now && now !== prepared) onPrepared(now);
  };
  return (
    <div className="form">
      <div className="field">
        <label htmlFor={`${id}-file`}>{t('title.files')}</label>
        <input
          id={`${id}-file`}
          type="file"
          multiple
          onChange={({ target }) => {
            const files = [...(target.files ?? [])];
            target.value = '';
            void Promise.all(files.map((it) => it.text())).then(take);
          }}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-text`}>{t('title.pasted')}</label>
        <Input.TextArea
          id={`${id}-text`}
          rows={3}
          value={pasted}
          spellCheck={false}
          onChange={({ target }) => setPasted(target.value)}
        />
      </div>
      {fault &&
        ('no' in fault ? <p role="alert">{t(`title.noNote.${fault.no}`)}</p> : <Refusal error={fault.refused} />)}
      <div className="act-buttons">
        <Button disabled={pasted.trim() === ''} onClick={() => void take([pasted])}>
          {t('title.take')}
        </Button>
      </div>
    </div>
  );
}

/** The signatures of one note added to those that are there. What the network needs for it is asked when it is the first. */
async function withNote(
  code: Title['code'],
  now: Prepared | undefined,
  given: string,
): Promise<{ readonly prepared: Prepared } | Fault> {
  const note = noteIn(given);
  if (!note) return { no: 'not-a-note' };
  const statement = statementIn(note.text);
  if (!statement) return { no: 'not-title' };
  if (statement.pack !== code) return { no: 'other-pack' };
  if (now && now.text !== note.text) return { no: 'other-text' };
  try {
    const base = now ?? { ...preparedFrom(await draft(code, { act: actIn(statement), days: 7 })), text: note.text };
    const added: Prepared = { ...base, lines: note.lines };
    const isWrong = (await looked(added)).some((it) => it.is === 'wrong');
    return isWrong ? { no: 'wrong-signature' } : { prepared: withLines(base, note.lines) };
  } catch (error) {
    if (error instanceof CallFailed) return { refused: error };
    throw error;
  }
}
