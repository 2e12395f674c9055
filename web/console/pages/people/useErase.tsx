// Somebody asked to be forgotten, and whoever manages people does it for him: with a reason, and a word on money.
import { Checkbox, Input } from 'antd';
import { useId } from 'react';
import { erasureApi } from '#erasure/api';
import type { DriverId } from '#units';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { useWords } from '../../words/index.ts';

interface Draft {
  reason: string;
  settled: boolean;
}

export function useErase() {
  const { t } = useWords();
  const act = useAct();
  const asked = (name: string) => {
    const draft: Draft = { reason: '', settled: false };
    const look = {
      title: t('people.eraseOf', { name }),
      says: <Why draft={draft} />,
      verb: t('people.erase'),
      danger: true as const,
      done: () => t('people.erased'),
    };
    return { draft, look };
  };
  const member = ({ id, name }: { id: string; name: string }) => {
    const { draft, look } = asked(name);
    return act({
      ...look,
      route: erasureApi.eraseMember,
      ask: () => ({ params: { id }, body: { ...draft } }),
    });
  };
  const driver = ({ id, name }: { id: DriverId; name: string }) => {
    const { draft, look } = asked(name);
    return act({ ...look, route: erasureApi.eraseDriver, ask: () => ({ body: { driver: id, ...draft } }) });
  };
  return { member, driver };
}

function Why({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  return (
    <div className="form">
      <p>{t('people.eraseSays')}</p>
      <div className="field">
        <label htmlFor={id}>{t('people.eraseWhy')}</label>
        <Input id={id} value={draft.reason} maxLength={500} onChange={(event) => put({ reason: event.target.value })} />
      </div>
      <Checkbox checked={draft.settled} onChange={(event) => put({ settled: event.target.checked })}>
        {t('people.eraseSettled')}
      </Checkbox>
    </div>
  );
}
