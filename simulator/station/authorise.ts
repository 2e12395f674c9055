// Who may swap here: the server says so; when it cannot be asked, what it said before counts (edge autonomy).
import { OcppError } from '#link';
import { Died } from '../life.ts';
import type { Site } from './site.ts';
import type { ocpp } from './wire.ts';

export interface Authorised {
  /** The authorisation status of OCPP; `Offline` for a stranger while nobody can be asked, `Failed` when asking fails. */
  readonly status: string;
  readonly slots?: readonly number[];
}

export async function authorised({ life, outbox, memory }: Site, idToken: ocpp.IdTokenType): Promise<Authorised> {
  const known = idToken.idToken.toLowerCase();
  if (outbox.isOnline)
    try {
      const answer = (await life.still(outbox.ask('Authorize', { idToken }))) as ocpp.AuthorizeResponse;
      const { status } = answer.idTokenInfo;
      memory.authorised.set(known, status === 'Accepted');
      return { status, ...slotsIn(answer.idTokenInfo) };
    } catch (error) {
      if (error instanceof Died) throw error;
      if (error instanceof OcppError) return { status: 'Failed' };
    }
  return { status: memory.authorised.get(known) ? 'Accepted' : 'Offline' };
}

/**
 * Packloop's extension: `customData: { vendorId: 'org.packloop', promisedSlots: [3] }` names the slots whose packs the
 * server has set aside for this driver. OCPP itself leaves the choice to the station.
 */
export function slotsIn(message: { readonly customData?: { readonly vendorId: string } }): {
  slots?: readonly number[];
} {
  const { vendorId, promisedSlots } = (message.customData ?? {}) as { vendorId?: string; promisedSlots?: unknown };
  return vendorId === 'org.packloop' && Array.isArray(promisedSlots)
    ? { slots: promisedSlots.filter(Number.isInteger) }
    : {};
}
