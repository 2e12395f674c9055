// What the driver would get and pay at the most, and what a request sets in motion.
import type { swapApi } from '#swap/api';
import type { Answer } from '../../../../shared/client.ts';
import { useFormats, useWords } from '../../../words/index.ts';

export function Offer({ quote }: { quote: Answer<typeof swapApi.quote> }) {
  const { t } = useWords();
  const formats = useFormats();
  const { packs, atMost, because } = quote;
  return (
    <div className="offer" role="status">
      <dl className="facts">
        <dt>{t('swap.request.offer')}</dt>
        <dd>
          {packs.map((it) => (
            <div key={it.code}>
              {t('swap.request.offerPack', { code: it.code, slot: it.slotNo, energy: formats.energy(it.energyWh) })}
            </div>
          ))}
        </dd>
        <dt>{t('swap.request.atMost')}</dt>
        <dd>
          <strong>{formats.yuan(atMost.total)}</strong> <span className="quiet">{t('swap.request.atMostNote')}</span>
        </dd>
        <dt>{t('swap.request.because')}</dt>
        <dd lang="en">{because}</dd>
      </dl>
      <p>{t('swap.request.does', { yuan: formats.yuan(atMost.total) })}</p>
    </div>
  );
}
