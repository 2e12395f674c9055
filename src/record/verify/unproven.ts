/** What was wrong, for programs; the message says it in words. */
export type Reason =
  | 'malformed-note'
  | 'malformed-key'
  | 'malformed-checkpoint'
  | 'malformed-proof'
  | 'malformed-receipt'
  | 'malformed-policy'
  | 'malformed-tile'
  | 'malformed-bundle'
  | 'malformed-entry'
  | 'malformed-handover'
  | 'not-canonical'
  | 'bad-signature'
  | 'not-signed'
  | 'quorum-missed'
  | 'not-included'
  | 'not-consistent'
  | 'file-missing'
  | 'tile-differs'
  | 'root-differs'
  | 'wrong-log'
  | 'unknown-producer'
  | 'revoked-producer'
  | 'unsealed'
  | 'out-of-order'
  | 'event-hidden'
  | 'heads-differ'
  | 'handover-differs'
  | 'not-disclosed';

/** A claim that does not hold, or that nobody can check. Nothing of it may be believed. */
export class Unproven extends Error {
  override readonly name = 'Unproven';
  readonly reason: Reason;

  constructor(reason: Reason, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}
