// Whose packs these are: who earned what with them in a period, and every share.
import { useMay } from '../../session/hooks.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { useWords } from '../../words/index.ts';
import { Profit } from './Profit.tsx';
import { Shares } from './Shares.tsx';

export function Property() {
  const { t } = useWords();
  const mayCount = useMay('ledger.see');
  return (
    <>
      <PageHead title={t('property.title')} note={t('property.note')} />
      {mayCount && <Profit />}
      <Shares />
    </>
  );
}
