// What an act of title does, in plain words, before it is signed and after. Pure.
import type { titleApi } from '#pack/api';
import type { Answer } from '../../../shared/client.ts';
import type { Formats } from '../../../shared/formats.ts';
import type { T } from '../../words/index.ts';
import type { Kind } from './kinds.ts';
import { percentOf } from './typed.ts';

export type Title = Answer<typeof titleApi.title>;
export type Acts = Answer<typeof titleApi.titleActs>['acts'];
export type Drafted = Answer<typeof titleApi.draftTitle>;
export type Statement = Drafted['statement'];
export type Restrictions = Title['restrictions'];
export type Proposal = NonNullable<Title['votes'][number]['proposal']>;

export interface Said {
  readonly t: T;
  readonly formats: Pick<Formats, 'yuan' | 'dateTime'>;
}

export const kindOf = ({ type }: Pick<Statement, 'type'>): Kind => type.slice('title.'.length) as Kind;

export const share = (millionths: number): string => `${percentOf(millionths)} %`;

/** One sentence. */
export function inWords(it: Statement, said: Said): string {
  const { t, formats } = said;
  const when = (iso: string) => formats.dateTime(Date.parse(iso));
  switch (it.type) {
    case 'title.transfer':
      return it.offer === undefined
        ? t('title.does.transfer', { from: it.from, to: it.to, share: share(it.millionths) })
        : t('title.does.transferUnder', { from: it.from, to: it.to, share: share(it.millionths), offer: it.offer });
    case 'title.pledge':
      return t('title.does.pledge', { ...it, share: share(it.millionths) });
    case 'title.release':
      return t('title.does.release', { lien: it.lien });
    case 'title.lease':
      return it.lessee === null ? t('title.does.leaseEnds') : t('title.does.lease', { lessee: it.lessee });
    case 'title.question':
      return [
        t('title.does.question', { by: it.by, question: it.question, closes: when(it.closes) }),
        ...(it.proposal ? [t('title.does.ifCarried', { order: ordered(it.proposal, said) })] : []),
      ].join(' ');
    case 'title.ballot':
      return t(`title.does.ballot.${it.choice}`, { by: it.by, vote: it.vote });
    case 'title.restrict':
      return t('title.does.restrict', { restrictions: restrictedTo(it.restrictions, said).join('; ') });
    case 'title.offer':
      return t('title.does.offer', { ...it, share: share(it.millionths), price: formats.yuan(it.fen) });
    case 'title.take':
      return t('title.does.take', { by: it.by, share: share(it.millionths), offer: it.offer });
    case 'title.enact':
      return t('title.does.enact', { by: it.by, vote: it.vote });
  }
}

/** What it refers to by a name, in full: whoever signs must not have to look that up. Nothing where it names nothing. */
export function meant(it: Statement, title: Title, said: Said): string | undefined {
  const { t, formats } = said;
  switch (it.type) {
    case 'title.release': {
      const lien = title.liens.find((one) => one.id === it.lien);
      return lien && t('title.meant.lien', { ...lien, share: share(lien.millionths) });
    }
    case 'title.take':
    case 'title.transfer': {
      const offer = title.offers.find((one) => one.id === it.offer);
      return (
        offer && t('title.meant.offer', { ...offer, share: share(offer.millionths), price: formats.yuan(offer.fen) })
      );
    }
    case 'title.ballot':
    case 'title.enact': {
      const vote = title.votes.find((one) => one.id === it.vote);
      return vote && [vote.question, ...(vote.proposal ? [ordered(vote.proposal, said)] : [])].join(' ');
    }
    default:
      return undefined;
  }
}

/** What a vote orders. */
export function ordered(it: Proposal, said: Said): string {
  const { t, formats } = said;
  switch (it.kind) {
    case 'restrict':
      return t('title.does.restrict', { restrictions: restrictedTo(it.restrictions, said).join('; ') });
    case 'lease':
      return it.lessee === null ? t('title.does.leaseEnds') : t('title.does.lease', { lessee: it.lessee });
    case 'sale':
      return t('title.does.sale', { ...it, share: share(it.millionths), price: formats.yuan(it.fen) });
  }
}

/** A line for each that binds; one that says so when none does. */
export function restrictedTo(it: Restrictions, { t, formats }: Said): string[] {
  const kinds = it.buyers?.kinds.map((kind) => t(`partyKind.${kind}`)) ?? [];
  const buyers = [...(it.buyers?.parties ?? []), ...kinds.map((kind) => t('title.anyOfKind', { kind }))];
  const lines = [
    it.preemptionDays !== null && t('title.restricted.preemption', { days: it.preemptionDays }),
    it.leastMillionths !== null && t('title.restricted.least', { share: share(it.leastMillionths) }),
    it.buyers !== null && t('title.restricted.buyers', { buyers: buyers.join(', ') || t('title.nobody') }),
    it.lockedUntil !== null && t('title.restricted.locked', { until: formats.dateTime(Date.parse(it.lockedUntil)) }),
  ].filter((line) => line !== false);
  return lines.length > 0 ? lines : [t('title.restricted.none')];
}
