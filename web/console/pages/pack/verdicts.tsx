import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { exchangeApi } from '#exchange/api';
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

type Named = 'quarantine' | 'clear' | 'recall' | 'liftRecall' | 'place' | 'succeed' | 'callLost' | 'callFound';
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
      says: <SucceedSays />,
      verb: t('pack.judge.succeed'),
      route: packApi.succeed,
      ask: { params } as Ask<typeof packApi.succeed>,
      danger: true,
      done: (it) => <Succeeded successor={it.successor} />,
    })),
    callLost: verdict('callLost', t('missing.callLost'), true, () => ({
      title: t('life.lostOf', { code }),
      says: form(t('missing.lostSays'), 'why'),
      verb: t('missing.callLost'),
      route: exchangeApi.callLost,
      ask: () => ({ params, body: typed.current }) as Ask<typeof exchangeApi.callLost>,
      danger: true,
    })),
    callFound: verdict('callFound', t('missing.callFound'), false, () => ({
      title: t('life.foundOf', { code }),
      says: form(t('missing.foundSays'), 'finding'),
      verb: t('missing.callFound'),
      route: exchangeApi.callFound,
      ask: () => ({ params, body: typed.current }) as Ask<typeof exchangeApi.callFound>,
    })),
  };
}

/** It cannot be undone: what it does to everything that hangs on the code is said before. */
function SucceedSays() {
  const { t } = useWords();
  const all = ['code', 'passport', 'keeps', 'answers', 'label'] as const;
  return (
    <>
      <p>{t('pack.judge.succeedSays')}</p>
      <ul className="grade-reasons">
        {all.map((it) => (
          <li key={it}>{t(`life.recoded.${it}`)}</li>
        ))}
      </ul>
    </>
  );
}

function Succeeded({ successor }: { successor: string }) {
  const { t } = useWords();
  const path = encodeURIComponent(successor);
  return (
    <>
      <p>
        {t('pack.judge.succeeded')}{' '}
        <Link to={`/packs/${path}`} className="code">
          {successor}
        </Link>
      </p>
      <p>
        <a href={`/p/${path}`} target="_blank" rel="noreferrer">
          {t('life.newPassport')}
        </a>
      </p>
    </>
  );
}
