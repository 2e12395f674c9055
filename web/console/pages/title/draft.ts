// The network writes the text of an act and says who has to sign it; nothing is kept there.
import { titleApi } from '#pack/api';
import { callRoute } from '../../../shared/client.ts';
import type { Act } from './kinds.ts';
import type { Prepared } from './notes.ts';
import type { Drafted, Title } from './words.ts';

export interface Body {
  readonly act: Act;
  /** For how long it may be delivered. */
  readonly days: number;
}

/** @throws CallFailed what the act itself would be refused for, whoever signed it */
export const draft = (code: Title['code'], body: Body): Promise<Drafted> =>
  callRoute(titleApi.draftTitle, { params: { code: code as never }, body });

export const preparedFrom = ({ text, mustSign, andMoreThanHalf, keys }: Drafted): Prepared => ({
  text,
  lines: [],
  needed: { mustSign, andMoreThanHalf, keys },
});
