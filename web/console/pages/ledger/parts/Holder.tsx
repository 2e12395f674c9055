import { Link } from '@tanstack/react-router';
import { useWords } from '../../../words/index.ts';
import { holderHref, holderParts } from './holder.ts';

/** A holder by name, with its kind in words; leads to where one reads more of it. */
export function Holder({ of, named }: { of: string; named?: string | null | undefined }) {
  const { t } = useWords();
  // Who may not know which vehicle it is gets only that it is one.
  if (of === 'vehicle') return <span className="quiet">{t('ledger.kinds.vehicle')}</span>;
  const { kind, name } = holderParts(of);
  return (
    <span title={of}>
      {kind && <small className="quiet">{t(`ledger.kinds.${kind}`)} </small>}
      <Link to={holderHref(of)} className="code">
        {named ?? name}
      </Link>
    </span>
  );
}
