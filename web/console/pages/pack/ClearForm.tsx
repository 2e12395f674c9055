import { Radio } from 'antd';
import { useRef, useState } from 'react';
import { clearCauses } from '#health/api';
import { useWords } from '../../words/index.ts';
import { WhyForm } from './WhyForm.tsx';

type Typed = Readonly<Record<string, string>>;

/** What somebody found who looked at a pack, and what was at fault: of a runaway that was none, it has to be said. */
export function ClearForm({ onChange }: { readonly onChange: (typed: Typed) => void }) {
  const { t } = useWords();
  const [cause, setCause] = useState<string>('pack');
  const found = useRef<Typed>({ finding: '' });
  const put = (typed: Typed, why: string) => {
    found.current = typed;
    onChange({ ...typed, cause: why });
  };
  return (
    <>
      <fieldset className="field">
        <legend>{t('risk.causeIs')}</legend>
        <Radio.Group
          value={cause}
          onChange={({ target }) => {
            setCause(target.value);
            put(found.current, target.value);
          }}
          options={clearCauses.map((it) => ({ value: it, label: t(`risk.cause.${it}`) }))}
        />
      </fieldset>
      <WhyForm says={t('risk.clearSays')} fields={['finding']} onChange={(it) => put(it, cause)} />
    </>
  );
}
