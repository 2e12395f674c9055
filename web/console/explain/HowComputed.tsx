// The small mark beside a number: opens a drawer that says how it is computed. The texts are loaded when it is opened.
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../words/index.ts';
import type { FactName } from './facts/index.ts';

const Explained = lazy(async () => ({ default: (await import('./Explained.tsx')).Explained }));

interface Props {
  readonly of: FactName;
  /** What stands beside the mark, for those who cannot see that it does. */
  readonly what?: string;
  /** When the number was so: an instant of the server's. */
  readonly at?: string | null | undefined;
  /** More about this very number, such as its exact value. */
  readonly exact?: string;
}

export function HowComputed({ of, what, at, exact }: Props) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const open = () => {
    setOpen(true);
    setWasOpen(true);
  };
  return (
    <>
      <button
        type="button"
        className="how"
        title={t('explain.label')}
        aria-label={what ? t('explain.open', { what }) : t('explain.label')}
        onClick={open}
      >
        ƒ
      </button>
      {wasOpen && (
        <Suspense>
          <Explained of={of} at={at} exact={exact} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
