// May this car leave here with these packs? Yes with the clauses that hold, or no with the fewest that say so.
import { useQuery } from '@tanstack/react-query';
import { packApi } from '#pack/api';
import { type Answer, type Ask, type CallFailed, callRoute } from '../../../shared/client.ts';
import { keyOf } from '../../api/read.ts';
import { Refusal } from '../../shell/Refusal.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { Clauses } from './Clauses.tsx';
import { Denials } from './Denials.tsx';
import type { Place } from './place.ts';
import { checkOf, type Question } from './question.ts';

type Checked = Answer<typeof packApi.check>;

interface Props {
  readonly question: Question;
  readonly place: Place;
  readonly names: { readonly vehicle: string; readonly pack: string };
}

export function Verdict({ question, place, names }: Props) {
  const { t } = useWords();
  const body = checkOf(question, place.presetId);
  const ask = { body } as Ask<typeof packApi.check>;
  // It is asked by POST because the question is long; it changes nothing.
  const { data, error } = useQuery<Checked, CallFailed>({
    queryKey: keyOf(packApi.check, ask),
    queryFn: ({ signal }) => callRoute(packApi.check, { ...ask, signal }),
    enabled: body !== undefined,
  });
  if (!body) return null;
  const packs =
    question.codes.length > 0
      ? question.codes.join(', ')
      : question.blocks === undefined
        ? names.pack
        : t('compatibility.pieces', { pack: names.pack, blocks: question.blocks });
  const said = { vehicle: names.vehicle, place: place.name, pack: packs };
  return (
    <section className="panel" aria-live="polite">
      <h2>
        {t('compatibility.verdict')}: {place.name}
      </h2>
      {error ? (
        <Refusal error={error} />
      ) : !data ? (
        <Waiting />
      ) : data.allowed ? (
        <>
          <p className="fitting-verdict">
            <State mood="good">{t('compatibility.allowed', said)}</State>
          </p>
          <Clauses clauses={data.because} />
        </>
      ) : (
        <>
          <p className="fitting-verdict">
            <State mood="bad">{t('compatibility.denied', said)}</State>
          </p>
          <Denials denied={data.denied} />
        </>
      )}
      <p className="quiet">{t('compatibility.status')}</p>
    </section>
  );
}
