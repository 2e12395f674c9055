import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import type { Route } from '#kernel/api';
import { packApi } from '#pack/api';
import type { Answer, Ask } from '../../../shared/client.ts';
import { type Act, useAct } from '../../shell/useAct.tsx';
import { useWords } from '../../words/index.ts';
import { WhyForm } from './WhyForm.tsx';

export interface Verdict {
  readonly key: string;
  readonly label: string;
  readonly danger: boolean;
  readonly begin: () => void;
}

type Named = 'quarantine' | 'clear' | 'recall' | 'liftRecall' | 'place' | 'succeed';
type Judged = Answer<typeof packApi.clear>;

/** Each thing that may be decided about a pack, as what opens its dialog. The server says what became of it. */
export function useVerdicts(code: string): Readonly<Record<Named, Verdict>> {
  const { t } = useWords();
  const act = useAct();
  const typed = useRef<Readonly<Record<string, string>>>({});
  const params = { code };
  const form = (says: string, ...fields: readonly ('why' | 'finding' | 'reason' | 'holder')[]): ReactNode => {
    typed.current = Object.fromEntries(fields.map((it) => [it, '']));
    return <WhyForm says={says} fields={fields} onChange={(it) => (typed.current = it)} />;
  };
  const verdict = <R extends Route>(key: Named, label: string, danger: boolean, how: () => Act<R>): Verdict => ({
    key,
    label,
    danger,
    begin: () => void act(how()),
  });
  const done = (pack: Judged) =>
    t('pack.judge.done', {
      state:
        [pack.quarantined && t('pack.judge.stays'), pack.recalled && t('pack.judge.called')]
          .filter(Boolean)
          .join(', ') || t('pack.judge.freed'),
    });
  return {
    quarantine: verdict('quarantine', t('pack.judge.quarantine'), true, () => ({
      title: t('pack.judge.quarantineOf', { code }),
      says: form(t('pack.judge.quarantineSays'), 'why'),
      verb: t('pack.judge.quarantine'),
      route: packApi.quarantine,
      ask: () => ({ params, body: typed.current }) as Ask<typeof packApi.quarantine>,
      danger: true,
      done,
    })),
    clear: verdict('clear', t('pack.judge.clear'), false, () => ({
      title: t('pack.judge.clearOf', { code }),
      says: form(t('pack.judge.clearSays'), 'finding'),
      verb: t('pack.judge.clear'),
      route: packApi.clear,
      ask: () => ({ params, body: typed.current }) as Ask<typeof packApi.clear>,
      done,
    })),
    recall: verdict('recall', t('pack.judge.recall'), true, () => ({
      title: t('pack.judge.recallOf', { code }),
      says: form(t('pack.judge.recallSays'), 'why'),
      verb: t('pack.judge.recall'),
      route: packApi.recall,
      ask: () => ({ params, body: typed.current }) as Ask<typeof packApi.recall>,
      danger: true,
      done,
    })),
    liftRecall: verdict('liftRecall', t('pack.judge.lift'), false, () => ({
      title: t('pack.judge.liftOf', { code }),
      says: form(t('pack.judge.liftSays'), 'finding'),
      verb: t('pack.judge.lift'),
      route: packApi.liftRecall,
      ask: () => ({ params, body: typed.current }) as Ask<typeof packApi.liftRecall>,
      done,
    })),
    place: verdict('place', t('pack.judge.place'), false, () => ({
      title: t('pack.judge.placeOf', { code }),
      says: form(t('pack.judge.placeSays'), 'holder', 'reason'),
      verb: t('pack.judge.place'),
      route: packApi.place,
      ask: () => ({ params, body: typed.current }) as Ask<typeof packApi.place>,
      done: (it) => `${t('pack.custodian')}: ${it.custody}`,
    })),
    succeed: verdict('succeed', t('pack.judge.succeed'), true, () => ({
      title: t('pack.judge.succeedOf', { code }),
      says: t('pack.judge.succeedSays'),
      verb: t('pack.judge.succeed'),
      route: packApi.succeed,
      ask: { params } as Ask<typeof packApi.succeed>,
      danger: true,
      done: (it) => (
        <>
          {t('pack.judge.succeeded')}{' '}
          <Link to={`/packs/${encodeURIComponent(it.successor)}`} className="code">
            {it.successor}
          </Link>
        </>
      ),
    })),
  };
}
