// Who has to sign for an act to be possible: found by asking the decision itself. Pure.
import type { Instant, PartyId } from '#units';
import { demandPossible } from './decide.ts';
import type { Statement } from './statement.ts';
import type { Title } from './title.ts';

export interface Needed {
  /** Without any one of these it is refused. */
  readonly mustSign: PartyId[];
  /** They are not enough: owners of more than half of the pack have to sign. */
  readonly andMoreThanHalf: boolean;
}

/** @param all whose word may count; it is possible when they all sign */
export function neededFor(title: Title, statement: Statement, all: readonly PartyId[], at: Instant): Needed {
  const isEnough = (signers: readonly PartyId[]): boolean => {
    try {
      demandPossible(title, statement, new Set(signers), at);
      return true;
    } catch {
      return false;
    }
  };
  const mustSign = all.filter((party) => !isEnough(all.filter((it) => it !== party)));
  return { mustSign, andMoreThanHalf: !isEnough(mustSign) };
}
