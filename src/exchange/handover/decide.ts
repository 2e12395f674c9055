// Whether a hand-over may take place. Pure: who has the pack, what was certified before, who signed.
import { Refused } from '#kernel';
import type { Holder } from '#ledger';
import type { Instant, PartyId } from '#units';
import type { Dispute, Offer } from './statement.ts';

/** Clocks of organisations differ by so much. */
const SLACK_MINUTES = 5;

/** Who has the pack by the books. */
export interface Custody {
  readonly holder: Holder | undefined;
  /** The organisation in whose hands it is: the holder itself, or who runs the station. */
  readonly party: PartyId | undefined;
  readonly since: Instant | undefined;
}

/** All that is to be known of one pack's hand-overs. */
export interface Standing {
  readonly custody: Custody;
  /** How many certificates and disputes there were. */
  readonly after: number;
}

const isAfter = (at: Instant, other: string): boolean => Temporal.Instant.compare(at, other) > 0;

/**
 * Whether this offer stands, whoever of the two has signed it.
 * @throws Refused `handover-self`, `handover-late`, `handover-early`, `handover-out-of-step`, `handover-moved`, and what `demandGiver`
 * refuses
 */
export function demandOffer(it: Offer, { custody, after }: Standing, now: Instant): void {
  if (it.from === it.to) throw new Refused('handover-self', 'Nobody hands a pack over to himself');
  demandInTime(it, now);
  demandStep(it, after);
  demandGiver(it.from, custody);
  // What was signed of a pack that a driver had since says nothing of how it is now.
  if (custody.since && isAfter(custody.since, it.at))
    throw new Refused('handover-moved', `Since ${it.at} the pack was with others: it came back at ${custody.since}`, {
      since: custody.since.toString(),
    });
}

/** @throws Refused `pack-is-nowhere`, `handover-in-vehicle`, `handover-not-custodian` */
export function demandGiver(from: PartyId, { holder, party }: Custody): void {
  if (holder === undefined)
    throw new Refused('pack-is-nowhere', 'By the books nobody has this pack: it left the network');
  if (holder.startsWith('vehicle:'))
    throw new Refused('handover-in-vehicle', `${holder} has the pack: it comes out at a station first`, { holder });
  if (party !== from)
    throw new Refused('handover-not-custodian', `By the books ${holder} has the pack, not ${from}`, { holder });
}

/** @throws Refused `handover-late`, `handover-early` */
export function demandInTime({ at, until }: Pick<Offer, 'at' | 'until'>, now: Instant): void {
  if (isAfter(now, until)) throw new Refused('handover-late', `This could be signed until ${until}`, { until });
  if (!isAfter(now.add({ minutes: SLACK_MINUTES }), at) || isAfter(Temporal.Instant.from(at), until))
    throw new Refused('handover-early', `It says that it happened at ${at}, which is still to come or after its end`, {
      at,
    });
}

function demandStep(it: Pick<Offer, 'after'>, after: number): void {
  if (it.after !== after)
    throw new Refused('handover-out-of-step', `There were ${after} certificates and disputes before, not ${it.after}`, {
      after,
    });
}

/** An offer as far as it has come. */
export interface Offered {
  readonly offer: Offer;
  readonly isGiverSigned: boolean;
  readonly isCertified: boolean;
  readonly isDisputed: boolean;
}

/**
 * Whether the receiver may still say that it is otherwise.
 * @throws Refused `handover-certified`, `handover-disputed`, `handover-not-receiver`, `handover-unsigned`, `handover-late`,
 * `handover-early`, `handover-out-of-step`
 */
export function demandDisputable(
  it: Dispute,
  offered: Offered,
  { after, signers, now }: { readonly after: number; readonly signers: ReadonlySet<PartyId>; readonly now: Instant },
): void {
  const { offer, isCertified, isDisputed, isGiverSigned } = offered;
  if (it.by !== offer.to)
    throw new Refused('handover-not-receiver', `This was offered to ${offer.to}, not to ${it.by}`, { by: it.by }, 403);
  if (!signers.has(it.by)) throw unsigned([it.by]);
  if (isCertified) throw new Refused('handover-certified', 'Both have signed this already: sign a new one');
  if (isDisputed) throw disputed();
  if (!isGiverSigned) throw unsigned([offer.from]);
  demandInTime(it, now);
  if (isAfter(now, offer.until))
    throw new Refused('handover-late', `This was offered until ${offer.until}`, { until: offer.until });
  demandStep(it, after);
}

export const disputed = (): Refused =>
  new Refused('handover-disputed', 'The receiver said that it is otherwise: sign a new one');

export const unsigned = (missing: readonly PartyId[]): Refused =>
  new Refused('handover-unsigned', `The signature of ${missing.join(' and ')} is missing`, { missing }, 403);
