import { authorise } from '#swap';
import type { Handler } from '../action.ts';

/** A driver shows a token at the station (use case S01). The reason of a refusal goes to the station's screen. */
export const authorize: Handler<'Authorize'> = async (work, calls) => {
  const asks = calls.map(({ stationId, payload: { idToken } }) => ({
    stationId,
    idToken: idToken.idToken,
    type: idToken.type,
  }));
  const authorisations = await authorise(work, asks);
  return authorisations.map(({ status, why, promised }) => ({
    idTokenInfo: {
      status,
      ...(why && {
        personalMessage: { format: 'UTF8' as const, language: 'en', content: why.sentence.slice(0, 1024) },
      }),
      // OCPP has no word for it: which packs wait for this driver. A station that knows us hands those out.
      ...(promised && { customData: { vendorId: 'org.packloop', promisedSlots: promised.map((it) => it.slotNo) } }),
    },
  }));
};
