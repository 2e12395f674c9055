// What may come next in the life of a pack: what each step means, and the way to it for whoever may take it, or why it is shut.
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMay } from '../../session/hooks.ts';
import { useWords } from '../../words/index.ts';
import { type Life, type Next, nextOf, type Step } from './life.ts';
import { useHandoverActs } from './useHandoverActs.tsx';
import { useVerdicts } from './verdicts.tsx';

/** Those for whom these are signed decide about them, whatever their post. */
const forAll: readonly Step[] = ['sale'];

export function LifeNext({ life, holder }: { life: Life; holder: string | null }) {
  const { t } = useWords();
  const mayJudge = useMay('pack.judge');
  const steps = nextOf(life, holder).filter(({ step }) => mayJudge || forAll.includes(step));
  return (
    <>
      <h3 className="life-head">{t('life.next')}</h3>
      {steps.length === 0 && <p className="quiet">{t('life.ended')}</p>}
      <ul className="life-next">
        {steps.map((it) => (
          <li key={it.step}>
            <div>
              <strong>{t(`life.step.${it.step}.name`)}</strong>
              <p className="quiet">{it.not ? t(`life.not.${it.not}`) : t(`life.step.${it.step}.says`)}</p>
            </div>
            {!it.not && <Way next={it} code={life.code} />}
          </li>
        ))}
      </ul>
      {!mayJudge && steps.length > 0 && <p className="quiet">{t('life.mayNot')}</p>}
    </>
  );
}

function Way({ next: { step }, code }: { next: Next; code: string }) {
  const { t } = useWords();
  const verdicts = useVerdicts(code);
  const { prepare } = useHandoverActs(code);
  const path = encodeURIComponent(code);
  const named = t(`life.step.${step}.do`);
  switch (step) {
    case 'sale':
      return (
        <Link className="plain-button" to={`/packs/${path}/title`}>
          {named}
        </Link>
      );
    case 'test':
      return (
        <Link className="plain-button" to={`/packs/${path}/test`}>
          {named}
        </Link>
      );
    case 'recycling':
      return <Button onClick={prepare}>{named}</Button>;
    case 'second-use':
      return (
        <Button danger onClick={verdicts.succeed.begin}>
          {named}
        </Button>
      );
    case 'lost':
      return (
        <Button danger onClick={verdicts.callLost.begin}>
          {named}
        </Button>
      );
    case 'found':
      return <Button onClick={verdicts.callFound.begin}>{named}</Button>;
  }
}
