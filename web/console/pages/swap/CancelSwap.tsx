// Gives a swap back; the server refuses it once a pack has moved, and says so.
import { Button } from 'antd';
import type { swapReads } from '#insight/api';
import { swapApi } from '#swap/api';
import type { Answer } from '../../../shared/client.ts';
import { useMay } from '../../session/hooks.ts';
import { useAct } from '../../shell/useAct.tsx';
import { useWords } from '../../words/index.ts';
import { RefusedSwap } from './request/RefusedSwap.tsx';
import { isStuck } from './said.ts';

export function CancelSwap({ story: { swap } }: { story: Answer<typeof swapReads.story> }) {
  const { t } = useWords();
  const act = useAct();
  const may = useMay('swap.ask');
  if (!may || swap.endedAt !== null || isStuck(swap.state)) return null;
  const cancel = () =>
    act({
      title: t('swap.cancel.title'),
      says: t('swap.cancel.does'),
      route: swapApi.cancel,
      ask: { params: { swapId: swap.id } },
      done: () => t('swap.cancel.done'),
      refused: (error) => <RefusedSwap error={error} />,
      verb: t('swap.cancel.yes'),
      danger: true,
    });
  return <Button onClick={() => void cancel()}>{t('swap.cancel.label')}</Button>;
}
