// Where an act of title is made: chosen, typed, prepared by the network, signed by those whom it concerns, and delivered.
import { Button } from 'antd';
import { useState } from 'react';
import { networkNow } from '../../live/clock.ts';
import { useWords } from '../../words/index.ts';
import { ActForm } from './ActForm.tsx';
import { Bring } from './Bring.tsx';
import type { Bench, Start } from './bench.ts';
import type { Brought } from './brought.ts';
import { firstTyped, kinds } from './kinds.ts';
import type { Prepared } from './notes.ts';
import { Signing } from './Signing.tsx';
import type { Acts, Title } from './words.ts';

interface Props {
  readonly title: Title;
  readonly acts: Acts;
  readonly bench: Bench;
  readonly put: (next: Bench) => void;
  readonly start: Start;
}

export function Workbench({ title, acts, bench, put, start }: Props) {
  const { t } = useWords();
  const [brought, onBrought] = useState<Brought>();
  const putAway = () => {
    onBrought(undefined);
    put({ step: 'choosing' });
  };
  const sign = (prepared: Prepared) => put({ step: 'signing', prepared });
  return (
    <section className="panel" aria-label={t('title.bench')}>
      <div className="panel-head">
        <h2>{t('title.bench')}</h2>
        {bench.step !== 'choosing' && <Button onClick={putAway}>{t('title.clear')}</Button>}
      </div>
      {bench.step === 'choosing' && (
        <>
          <p>{t('title.benchSays')}</p>
          <h3>{t('title.choose')}</h3>
          <div className="title-kinds">
            {kinds.map((kind) => (
              <Button key={kind} onClick={() => start(kind)}>
                {t(`title.kind.${kind}`)}
              </Button>
            ))}
          </div>
          <h3>{t('title.bring')}</h3>
          <p className="quiet">{t('title.bringSays')}</p>
          <Bring code={title.code} {...{ brought, onBrought }} onPrepared={sign} />
        </>
      )}
      {bench.step === 'typing' && (
        <ActForm
          key={bench.kind}
          title={title}
          kind={bench.kind}
          typed={{ ...firstTyped(bench.kind, title, networkNow()), ...bench.typed }}
          onTyped={(typed) => put({ ...bench, typed })}
          onPrepared={sign}
        />
      )}
      {bench.step === 'signing' && (
        <Signing
          key={bench.prepared.text}
          title={title}
          acts={acts}
          prepared={bench.prepared}
          {...{ brought, onBrought }}
          onPrepared={sign}
          onDone={putAway}
        />
      )}
    </section>
  );
}
