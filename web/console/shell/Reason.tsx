import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';

interface Props {
  /** What will happen. */
  readonly says: ReactNode;
  readonly label: string;
  /** What is typed goes here, from where it is read when it is confirmed. */
  readonly draft: { why: string };
}

/** The part of a dialog in which somebody says why. */
export function Reason({ says, label, draft }: Props) {
  const id = useId();
  const [why, setWhy] = useState(draft.why);
  return (
    <div className="form">
      <p>{says}</p>
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <Input
          id={id}
          maxLength={500}
          value={why}
          onChange={({ target }) => {
            draft.why = target.value;
            setWhy(target.value);
          }}
        />
      </div>
    </div>
  );
}
