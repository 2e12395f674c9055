// Serves what anybody may ask. Every answer is of the edition and is signed; none is made at the moment it is asked for.
import type { FastifyRequest } from 'fastify';
import {
  type Caller,
  type Door,
  demand,
  demandSameSite,
  Refused,
  readQuery,
  readSent,
  serve,
  type Work,
} from '#kernel';
import { vehiclesByPlate } from '#party';
import { houseKey, type Keeper } from '#record';
import { signedNote } from '#record/log';
import { answerText, type Json } from '#record/verify';
import { enquiryApi, enquiryByHand } from './api.ts';
import { K } from './blurred.ts';
import { consentsOf, driverIn, endConsent, giveConsent } from './consent.ts';
import { BIN, type Cell, curveOf } from './fade.ts';
import { answerByVin, answerOf, newestEdition, type Published, toldCells, toldModels } from './store.ts';

interface Place {
  /** The log, once it is open: its key signs. */
  readonly keeper: () => Keeper | undefined;
  /** Else only who may see the network. */
  readonly isPublic: boolean;
  /** Takes one of the few questions by plate that an address has. @returns whether there was one */
  readonly mayAsk: (address: string) => boolean;
}

export function enquiryRoutes(door: Door, { keeper, isPublic, mayAsk }: Place): void {
  const demandSight = (caller: Caller) => void (isPublic || demand(caller, 'network.see'));
  const signed = async (work: Work, about: { code?: string; id?: string }, it: Published) => {
    const house = keeper()?.house;
    if (!house) throw new Refused('log-closed', 'The log of this network is not open here', {}, 503);
    const { told, checkpoint, simulated } = it;
    const edition = it.due.toString();
    const text = answerText({ about, told, edition, simulated, checkpoint, log: house.origin } as Json);
    return { about, told, edition, simulated, note: await signedNote(await houseKey(work, house), text) };
  };

  serve(door, enquiryApi, {
    byCode: async (work, { query, caller }) => {
      demandSight(caller);
      const code = codeIn(query.code);
      const found = await answerOf(work, code);
      if (!found) throw new Refused('pack-unknown', 'No edition has a pack of this code', {}, 404);
      return await signed(work, { code }, found);
    },
    fade: async (work, { query, caller }) => {
      demandSight(caller);
      const edition = await newestEdition(work);
      return {
        ...{ edition: edition?.due.toString() ?? null, simulated: edition?.simulated ?? false, k: K },
        ...{ basis: 'estimated' as const, models: await toldModels(work), cells: await cells(work, query.model) },
      };
    },
    consents: async (work, { reach }) => ({ items: await consentsOf(work, reach), at: work.at }),
    giveConsent: async (work, { reach, body }) => ({ id: await giveConsent(work, driverIn(reach), body) }),
    endConsent: async (work, { reach, params }) => {
      await endConsent(work, driverIn(reach), params.id);
      return {};
    },
  });

  door.http.post(enquiryByHand.byPlate.path, async (request, reply) => {
    const caller = await door.identify(request);
    demandSameSite(request, { hasSession: caller.kind === 'person' });
    demandSight(caller);
    const { plate } = readSent(enquiryByHand.byPlate.body, request.body) as { plate?: string };
    if (!mayAsk(request.ip)) {
      reply.header('retry-after', '10');
      throw new Refused('too-many-requests', 'Plates may be asked for a few times a minute', {}, 429);
    }
    // The same work for a plate that nobody has, that two have, and whose keeper allows nothing: none is said of all of them.
    const found = await door.doWork(async (work) => {
      const vins = await vehiclesByPlate(work, plate ?? '');
      return await answerByVin(work, vins.length === 1 ? vins[0]! : '');
    });
    if (!found)
      throw new Refused(
        'plate-not-shown',
        'Nothing is said of this plate: nobody here has it, or its keeper has not allowed it',
        {},
        404,
      );
    return reply
      .header('cache-control', 'no-store')
      .send(await door.doWork((work) => signed(work, { id: found.id }, found)));
  });

  door.http.get(enquiryByHand.fadeFile.path, async (request: FastifyRequest, reply) => {
    readQuery(enquiryByHand.fadeFile, request);
    demandSight(await door.identify(request));
    const lines = (await door.doWork((work) => cells(work))).map((it) => COLUMNS.map((name) => it[name]).join(','));
    return reply.type('text/csv; charset=utf-8').send(`${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`);
  });
}

const COLUMNS = ['model', 'pace', 'axis', 'from', 'to', 'p10', 'p50', 'p90', 'packs'] as const;
/** Codes of all standards, and nothing that is none. */
const CODE = /^[A-Z0-9-]{1,50}$/;

/** As it is scanned or typed: blanks and case do not matter. @throws Refused `pack-code-malformed` */
function codeIn(text = ''): string {
  const code = text.replaceAll(/\s/g, '').toUpperCase();
  if (!CODE.test(code))
    throw new Refused('pack-code-malformed', 'A code has letters, digits and dashes, 50 at most', {}, 400);
  return code;
}

async function cells(work: Work, model?: string) {
  return (await toldCells(work, model)).flatMap(({ sohs, ...cell }) => {
    const curve = curveOf(sohs);
    return curve ? [{ ...spanOf(cell), ...curve }] : [];
  });
}

const spanOf = ({ model, pace, axis, bin }: Cell) => ({
  ...{ model, pace, axis, from: bin * BIN[axis], to: (bin + 1) * BIN[axis] },
});
