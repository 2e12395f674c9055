// Ends a swap that waits for somebody: billed by what has happened and released, or free of charge.
import { Button } from 'antd';
import { useId, useRef } from 'react';
import type { swapReads } from '#insight/api';
import { swapApi } from '#swap/api';
import type { Answer } from '../../../shared/client.ts';
import { useMay } from '../../session/hooks.ts';
import { useAct } from '../../shell/useAct.tsx';
import { useWords } from '../../words/index.ts';
import { RefusedSwap } from './request/RefusedSwap.tsx';
import { isStuck } from './said.ts';

type How = 'release' | 'void';

export function ResolveSwap({ story: { swap } }: { story: Answer<typeof swapReads.story> }) {
  const { t } = useWords();
  const act = useAct();
  const may = useMay('station.operate');
  const chosen = useRef<{ how: How; reason: string }>({ how: 'release', reason: '' });
  if (!may || swap.endedAt !== null || !isStuck(swap.state)) return null;
  const resolve = () => {
    chosen.current = { how: 'release', reason: '' };
    return act({
      title: t('swap.resolve.title'),
      says: <Fields onChange={(next) => Object.assign(chosen.current, next)} />,
      route: swapApi.resolve,
      ask: () => ({ params: { swapId: swap.id }, body: { ...chosen.current } }),
      done: () => t('swap.resolve.done'),
      refused: (error) => <RefusedSwap error={error} />,
      verb: t('swap.resolve.yes'),
      danger: true,
    });
  };
  return (
    <Button danger onClick={() => void resolve()}>
      {t('swap.resolve.label')}
    </Button>
  );
}

function Fields({ onChange }: { onChange: (next: { how?: How; reason?: string }) => void }) {
  const { t } = useWords();
  const reason = useId();
  return (
    <div className="form">
      <fieldset className="choices">
        <legend>{t('swap.resolve.how')}</legend>
        {(['release', 'void'] as const).map((it) => (
          <label key={it}>
            <input type="radio" name="how" defaultChecked={it === 'release'} onChange={() => onChange({ how: it })} />{' '}
            {t(`swap.resolve.${it}`)}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={reason}>{t('swap.resolve.reason')}</label>
        <input
          id={reason}
          className="plain-field"
          minLength={3}
          maxLength={500}
          onChange={(event) => onChange({ reason: event.target.value.trim() })}
        />
      </div>
    </div>
  );
}
