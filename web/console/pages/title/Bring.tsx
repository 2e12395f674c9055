// Takes in what others have signed: as files, or pasted. Without a text on the bench, the first one brings its own.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { titleApi } from '#pack/api';
import { CallFailed, callRoute } from '../../../shared/client.ts';
import { networkNow } from '../../live/clock.ts';
import { Refusal } from '../../shell/Refusal.tsx';
import { useWords } from '../../words/index.ts';
import { BroughtTold } from './BroughtTold.tsx';
import { type Brought, bring, type Given } from './brought.ts';
import { draft } from './draft.ts';
import type { Prepared } from './notes.ts';
import type { Title } from './words.ts';

interface Props {
  readonly code: Title['code'];
  /** What is being signed; none yet when absent. */
  readonly prepared?: Prepared;
  /** What became of those that were brought last. It is kept where it outlives this form, which gives way to the text it brings. */
  readonly brought: Brought | undefined;
  readonly onBrought: (brought: Brought | undefined) => void;
  readonly onPrepared: (prepared: Prepared) => void;
}

export function Bring({ code, prepared, brought, onBrought, onPrepared }: Props) {
  const { t } = useWords();
  const id = useId();
  const [pasted, setPasted] = useState('');
  const [failed, setFailed] = useState<CallFailed>();
  const take = async (all: readonly Given[]) => {
    setFailed(undefined);
    onBrought(undefined);
    try {
      // Read now: what the page shows may be some seconds old, and somebody may just have delivered it.
      const { acts } = await callRoute(titleApi.titleActs, { params: { code: code as never } });
      const network = {
        code,
        acts,
        now: networkNow(),
        draft: (act: Parameters<typeof draft>[1]['act']) => draft(code, { act, days: 7 }),
      };
      const next = await bring(network, prepared, all);
      onBrought(next);
      if (next.taken.some((it) => it.name === undefined)) setPasted('');
      if (next.prepared && next.prepared !== prepared) onPrepared(next.prepared);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      setFailed(error);
    }
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
            void Promise.all(files.map(async (it) => ({ name: it.name, text: await it.text() }))).then(take);
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
      {failed && <Refusal error={failed} />}
      {brought && <BroughtTold brought={brought} />}
      <div className="act-buttons">
        <Button disabled={pasted.trim() === ''} onClick={() => void take([{ text: pasted }])}>
          {t('title.take')}
        </Button>
      </div>
    </div>
  );
}
