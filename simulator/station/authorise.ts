// Who may swap here: the server says so; when it cannot be asked, what it said before counts (edge autonomy).
import { OcppError } from '#link';
import { Died } from '../life.ts';
import type { Site } from './site.ts';
import type { ocpp } from './wire.ts';

/** @returns the authorisation status of OCPP; `Offline` for a stranger while nobody can be asked */
export async function authorised({ life, outbox, memory }: Site, idToken: ocpp.IdTokenType): Promise<string> {
  const known = idToken.idToken.toLowerCase();
  if (outbox.isOnline)
    try {
      const answer = (await life.still(outbox.ask('Authorize', { idToken }))) as ocpp.AuthorizeResponse;
      const { status } = answer.idTokenInfo;
      memory.authorised.set(known, status === 'Accepted');
      return status;
    } catch (error) {
      if (error instanceof Died) throw error;
      if (error instanceof OcppError) return 'Invalid';
    }
  return memory.authorised.get(known) ? 'Accepted' : 'Offline';
}
