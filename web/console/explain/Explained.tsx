import { Drawer } from 'antd';
import { Age } from '../live/Age.tsx';
import { useWords } from '../words/index.ts';
import type { Fact } from './fact.ts';
import { type FactName, facts } from './facts/index.ts';

interface Props {
  readonly of: FactName;
  readonly at?: string | null | undefined;
  readonly exact?: string | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function Explained({ of, at, exact, isOpen, onClose }: Props) {
  const { t, language } = useWords();
  const tongue = language === 'en' ? 'en' : 'zh';
  const fact: Fact = facts[of];
  return (
    <Drawer open={isOpen} onClose={onClose} title={fact.title[tongue]} size={420}>
      <p>{fact.words[tongue]}</p>
      <dl className="facts">
        {exact !== undefined && (
          <>
            <dt>{t('explain.exact')}</dt>
            <dd>{exact}</dd>
          </>
        )}
        <dt>{t('explain.formula')}</dt>
        <dd>
          <code>{fact.formula}</code>
        </dd>
        <dt>{t('explain.unit')}</dt>
        <dd>{fact.unit[tongue]}</dd>
        <dt>{t('explain.source')}</dt>
        <dd>
          <code>{fact.source}</code>
        </dd>
        {at && (
          <>
            <dt>{t('explain.age')}</dt>
            <dd>
              <Age at={at} always />
            </dd>
          </>
        )}
      </dl>
    </Drawer>
  );
}
