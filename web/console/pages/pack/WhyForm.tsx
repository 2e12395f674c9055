import { Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useWords } from '../../words/index.ts';

type Field = 'why' | 'finding' | 'reason' | 'holder';

interface Props {
  readonly says: string;
  readonly fields: readonly Field[];
  readonly onChange: (typed: Readonly<Record<string, string>>) => void;
}

/** What will happen, and the words that go into the record with it. */
export function WhyForm({ says, fields, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  // The dialog puts the cursor on its button; here something has to be written first.
  const first = `${id}-${fields[0]}`;
  useEffect(() => {
    const soon = setTimeout(() => document.getElementById(first)?.focus());
    return () => clearTimeout(soon);
  }, [first]);
  const put = (field: Field, text: string) => {
    const next = { ...typed, [field]: text.trim() };
    setTyped(next);
    onChange(next);
  };
  return (
    <div className="form">
      <p>{says}</p>
      {fields.map((field) => (
        <div key={field} className="field">
          <label htmlFor={`${id}-${field}`}>
            {t(
              field === 'holder' ? 'pack.judge.holder' : field === 'finding' ? 'pack.judge.finding' : 'pack.judge.why',
            )}
          </label>
          {field === 'holder' ? (
            <Input id={`${id}-${field}`} maxLength={80} onChange={(event) => put(field, event.target.value)} />
          ) : (
            <Input.TextArea
              id={`${id}-${field}`}
              rows={2}
              maxLength={500}
              aria-describedby={`${id}-short`}
              onChange={(event) => put(field, event.target.value)}
            />
          )}
        </div>
      ))}
      <p id={`${id}-short`} className="quiet">
        {t('pack.judge.short')}
      </p>
    </div>
  );
}
