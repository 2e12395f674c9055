// A swap asked for from the console: who and where, what it would come to, and then watched as it happens.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { swapApi } from '#swap/api';
import { type Answer, type CallFailed, callRoute } from '../../../../shared/client.ts';
import { useWords } from '../../../words/index.ts';
import { Offer } from './Offer.tsx';
import { RefusedSwap } from './RefusedSwap.tsx';
import { Watch } from './Watch.tsx';
import '../../station/twin.css';
import { type Wish, WishForm } from './WishForm.tsx';

interface Props {
  /** Where it is asked for; chosen in the dialog when absent. */
  readonly stationId?: string;
  readonly onEnd: () => void;
}

type Quote = Answer<typeof swapApi.quote>;
type Swap = Answer<typeof swapApi.request>;

export function AskSwap({ stationId = '', onEnd }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>({ stationId, idToken: '' });
  const sent = { stationId: wish.stationId as never };
  const quote = useMutation<Quote, CallFailed>({
    mutationFn: () => callRoute(swapApi.quote, { params: sent, query: { idToken: wish.idToken } }),
  });
  const request = useMutation<Swap, CallFailed>({
    mutationFn: () => callRoute(swapApi.request, { params: sent, body: { idToken: wish.idToken } }),
    onSuccess: () => void queries.invalidateQueries(),
  });
  const change = (next: Wish) => {
    setWish(next);
    quote.reset();
    request.reset();
  };
  const isBusy = quote.isPending || request.isPending;
  const error = request.error ?? quote.error;
  const isWhole = wish.stationId !== '' && wish.idToken !== '';
  return (
    <Modal
      open
      title={t('swap.request.title')}
      footer={null}
      onCancel={onEnd}
      width={640}
      mask={{ closable: false }}
      keyboard={!isBusy}
    >
      {request.data ? (
        <>
          <Watch swap={request.data} onLeave={onEnd} />
          <div className="act-buttons">
            <Button onClick={() => change({ ...wish, idToken: '' })}>{t('swap.request.again')}</Button>
            <Button type="primary" onClick={onEnd}>
              {t('act.close')}
            </Button>
          </div>
        </>
      ) : (
        <form
          className="act"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isWhole || isBusy) return;
            if (quote.data) request.mutate();
            else quote.mutate();
          }}
        >
          <WishForm wish={wish} onChange={change} isFixed={stationId !== ''} />
          {quote.data && <Offer quote={quote.data} />}
          {error && <RefusedSwap error={error} />}
          {isBusy && (
            <p role="status" className="row">
              <span className="spinner" aria-hidden="true" /> {t('act.pending')}
            </p>
          )}
          <div className="act-buttons">
            <Button onClick={onEnd} disabled={isBusy}>
              {t('act.cancel')}
            </Button>
            {/* What sets money aside takes the focus only now: the Enter that asked what it would come to does not send it. */}
            <Button
              key={quote.data ? 'send' : 'check'}
              type="primary"
              htmlType="submit"
              autoFocus={quote.data !== undefined}
              disabled={!isWhole || isBusy}
            >
              {t(quote.data ? 'swap.request.send' : 'swap.request.check')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
