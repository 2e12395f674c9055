// For whoever has his key file at hand: signs in this browser. The key is read, used once and forgotten; it is sent nowhere.
import { useId, useState } from 'react';
import { useWords } from '../../words/index.ts';
import { type Prepared, withLines } from './notes.ts';
import { signatureOf } from './signHere.ts';

export function SignHere({ prepared, onPrepared }: { prepared: Prepared; onPrepared: (prepared: Prepared) => void }) {
  const { t } = useWords();
  const id = useId();
  const [failed, setFailed] = useState<'no-key' | 'sm2' | 'no-ed25519'>();
  const sign = async (file: File | undefined) => {
    setFailed(undefined);
    if (!file) return;
    try {
      const made = await signatureOf(await file.text(), prepared.text);
      if (typeof made === 'string') setFailed(made);
      else onPrepared(withLines(prepared, [made.line]));
    } catch {
      setFailed('no-ed25519');
    }
  };
  return (
    <details>
      <summary>{t('title.signHere')}</summary>
      <div className="field">
        <p id={`${id}-says`}>{t('title.signHereSays')}</p>
        <label htmlFor={id}>{t('title.keyFile')}</label>
        <input
          id={id}
          type="file"
          aria-describedby={`${id}-says`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            void sign(file);
            target.value = '';
          }}
        />
        {failed && (
          <p role="alert" className="wrong">
            {t(`title.signFailed.${failed}`)}
          </p>
        )}
      </div>
    </details>
  );
}
