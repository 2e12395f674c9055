// Shares that were offered to the other owners before somebody from outside may have them.
import { Button } from 'antd';
import { type Mood, State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Start } from './bench.ts';
import { percentOf } from './typed.ts';
import { share, type Title } from './words.ts';

type Offer = Title['offers'][number];

const moods: Readonly<Record<Offer['standing'], Mood>> = { open: 'going', closed: 'low', lapsed: 'calm', done: 'good' };

export function Offers({ title: { offers }, start }: { title: Title; start: Start }) {
  const { t } = useWords();
  const { yuan, dateTime } = useFormats();
  if (offers.length === 0) return null;
  const when = (iso: string) => dateTime(Date.parse(iso));
  return (
    <section className="panel" aria-label={t('title.offers')}>
      <h2>{t('title.offers')}</h2>
      <ul className="title-list">
        {offers.toReversed().map((it) => {
          const rest = it.millionths - it.taken;
          const terms = { from: it.seller, to: it.buyer, share: percentOf(rest) };
          return (
            <li key={it.id}>
              <p className="title-line">
                <State mood={moods[it.standing]}>{t(`title.offerIs.${it.standing}`)}</State>
                <span className="code">{it.id}</span>
              </p>
              <p>{t('title.does.offer', { ...terms, share: share(it.millionths), price: yuan(it.fen) })}</p>
              <p className="quiet">
                {t('title.offerTimes', {
                  closes: when(it.closesAt),
                  lapses: when(it.lapsesAt),
                  taken: share(it.taken),
                })}
              </p>
              {it.standing === 'open' && rest > 0 && (
                <Button size="small" onClick={() => start('take', { offer: it.id, share: percentOf(rest) })}>
                  {t('title.kind.take')}
                </Button>
              )}
              {it.standing === 'closed' && rest > 0 && (
                <Button size="small" onClick={() => start('transfer', { ...terms, underOffer: it.id })}>
                  {t('title.kind.transfer')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
