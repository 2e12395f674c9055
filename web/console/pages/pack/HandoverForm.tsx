import { Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useWords } from '../../words/index.ts';

type Field = 'to' | 'place' | 'damage' | 'why' | 'soh' | 'soc' | 'note';
export type HandoverTyped = Readonly<Partial<Record<Field, string>>>;

interface Props {
  readonly says: string;
  readonly fields: readonly Field[];
  readonly onChange: (typed: HandoverTyped) => void;
}

const labels = {
  to: 'handover.receiver',
  place: 'handover.place',
  damage: 'handover.damageLines',
  why: 'handover.why',
  soh: 'handover.sohSaid',
  soc: 'handover.socSaid',
  note: 'handover.signedNote',
} as const;
const long: readonly Field[] = ['damage', 'why', 'note'];

/** What will happen, and what has to be said for it. A signed note may also be taken from a file, byte for byte. */
export function HandoverForm({ says, fields, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const [typed, setTyped] = useState<HandoverTyped>({});
  // The dialog puts the cursor on its button; here something has to be written first.
  const first = `${id}-${fields[0]}`;
  useEffect(() => {
    const soon = setTimeout(() => document.getElementById(first)?.focus());
    return () => clearTimeout(soon);
  }, [first]);
  const put = (field: Field, text: string) => {
    const next = { ...typed, [field]: text };
    setTyped(next);
    onChange(next);
  };
  return (
    <div className="form">
      <p>{says}</p>
      {fields.map((field) => {
        const common = { id: `${id}-${field}`, value: typed[field] ?? '' };
        return (
          <div key={field} className="field">
            <label htmlFor={`${id}-${field}`}>{t(labels[field])}</label>
            {long.includes(field) ? (
              <Input.TextArea
                {...common}
                rows={field === 'note' ? 5 : 2}
                onChange={({ target }) => put(field, target.value)}
              />
            ) : (
              <Input
                {...common}
                inputMode={field === 'soh' || field === 'soc' ? 'decimal' : 'text'}
                onChange={({ target }) => put(field, target.value)}
              />
            )}
          </div>
        );
      })}
      {fields.includes('note') && (
        <div className="field">
          <label htmlFor={`${id}-file`}>{t('handover.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            onChange={({ target }) => void target.files?.[0]?.text().then((text) => put('note', text))}
          />
        </div>
      )}
    </div>
  );
}
