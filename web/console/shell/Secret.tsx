// Something that is shown this once: to be copied now.
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';

export function Secret({ what, value }: { what: string; value: string }) {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="secret">
      <p>
        <strong>{what}</strong> · {t('secret.once')}
      </p>
      <p className="row">
        <code>{value}</code>
        <Button icon={<Icon name="copy" />} onClick={() => void copy()}>
          {t(isCopied ? 'secret.copied' : 'secret.copy')}
        </Button>
      </p>
    </div>
  );
}
