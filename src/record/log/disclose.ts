// What an event commits to, and what is kept beside the log to tell it one day.
import { type Bytes, type Commitment, disclosureDigest, type Json, saltFrom, writeDisclosure } from '#record/verify';

/** A field and who may be told it. */
export interface Field {
  readonly to: string;
  readonly name: string;
  readonly value: Json;
}

export interface Committed {
  /** For the event: in an order that tells nothing of the fields. */
  readonly commitments: readonly Commitment[];
  /** To be kept apart, encrypted, and deleted when a person is forgotten. In the order of the fields. */
  readonly disclosures: readonly string[];
}

/** Salts come from `random`, which must be a cryptographic source: a salt that can be guessed gives the value away. */
export async function committed(fields: readonly Field[], random: (bytes: number) => Bytes): Promise<Committed> {
  const disclosures = fields.map(({ name, value }) => writeDisclosure({ salt: saltFrom(random(16)), name, value }));
  const digests = await Promise.all(disclosures.map(disclosureDigest));
  const commitments = fields.map(({ to }, n) => ({ to, digest: digests[n]! }));
  return { commitments: commitments.toSorted((a, b) => (a.digest < b.digest ? -1 : 1)), disclosures };
}
