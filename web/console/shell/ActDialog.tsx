import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Route } from '#kernel/api';
import { type Answer, type CallFailed, callRoute } from '../../shared/client.ts';
import { useWords } from '../words/index.ts';
import { Refusal } from './Refusal.tsx';
import type { Act } from './useAct.tsx';

interface Props<R extends Route> {
  readonly act: Act<R>;
  readonly onEnd: (answer?: Answer<R>) => void;
}

export function ActDialog<R extends Route>({ act, onEnd }: Props<R>) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { mutate, data, error, isPending, isSuccess } = useMutation<Answer<R>, CallFailed>({
    mutationFn: () => callRoute(act.route, typeof act.ask === 'function' ? act.ask() : act.ask),
    onSuccess: (answer) => {
      void queries.invalidateQueries();
      act.after?.(answer);
    },
  });
  return (
    <div className="act">
      {isSuccess ? (
        <div role="status">{act.done ? act.done(data) : t('act.done')}</div>
      ) : (
        <>
          <div>{act.says}</div>
          {error && (act.refused?.(error) ?? <Refusal error={error} />)}
          {isPending && (
            <p role="status" className="row">
              <span className="spinner" aria-hidden="true" /> {t('act.pending')}
            </p>
          )}
        </>
      )}
      <div className="act-buttons">
        {isSuccess ? (
          <Button type="primary" autoFocus onClick={() => onEnd(data)}>
            {t('act.close')}
          </Button>
        ) : (
          <>
            <Button disabled={isPending} onClick={() => onEnd()}>
              {t('act.cancel')}
            </Button>
            <Button type="primary" danger={act.danger === true} autoFocus disabled={isPending} onClick={() => mutate()}>
              {act.verb ?? t('act.confirm')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
