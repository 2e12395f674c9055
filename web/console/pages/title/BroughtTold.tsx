// What became of what somebody brought: which notes were taken in, and of each other one what happened and what to do.
import { useEffect, useRef } from 'react';
import { Refusal } from '../../shell/Refusal.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Brought, Fault } from './brought.ts';
import { inWords } from './words.ts';

export function BroughtTold({ brought: { taken, faults } }: { brought: Brought }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  // The text that a good one brought may have pushed it out of sight.
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    void box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  if (faults.length === 0) return null;
  const names = taken.flatMap((it) => it.name ?? []);
  return (
    <div ref={box} className="title-late title-brought" role="alert">
      {names.length > 0 && <p>{t('title.taken', { names: names.join(', ') })}</p>}
      {faults.map(({ given, fault }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none of them moves
        <div key={n}>
          {given.name && (
            <p>
              <strong>{t('title.notTaken', { name: given.name })}</strong>
            </p>
          )}
          <Why fault={fault} />
        </div>
      ))}
    </div>
  );
}

function Why({ fault }: { fault: Fault }) {
  const { t } = useWords();
  const formats = useFormats();
  const when = (iso: string) => formats.dateTime(Date.parse(iso));
  switch (fault.is) {
    case 'done':
      return (
        <>
          <p>{t('title.isDone', { no: fault.act.no + 1, at: when(fault.act.at) })}</p>
          <p>{inWords(fault.act.statement, { t, formats })}</p>
          <p>{t('title.doneThen')}</p>
        </>
      );
    case 'late':
    case 'overtaken':
      return (
        <>
          <p>{inWords(fault.statement, { t, formats })}</p>
          <p>{t(fault.is === 'late' ? 'title.isLate' : 'title.isOutOfStep')}</p>
          <p>{t('title.andRefused')}</p>
          <Refusal error={fault.error} />
          <p>{t('title.beginAnew')}</p>
        </>
      );
    case 'refused':
      return <Refusal error={fault.error} />;
    default:
      return <p>{t(`title.noNote.${fault.is}`)}</p>;
  }
}
