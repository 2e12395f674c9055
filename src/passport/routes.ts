import { type Caller, type Door, isSimulated, Refused, serve, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { find } from '#pack';
import { findParty } from '#party';
import type { PackCode } from '#units';
import { visible } from './access.ts';
import { passportApi } from './api.ts';
import { demandOf } from './attribute.ts';
import { attributes } from './attributes/index.ts';
import { demandSound } from './document.ts';
import { digitalIdentity } from './export/cn.ts';
import { cannotHold, europeanExport } from './export/eu.ts';
import { factsOf, passportNow } from './gather.ts';
import { readerOf } from './reader.ts';
import { named, shown } from './shown.ts';
import { addDocument, type Document, newestDocument, versionsOf } from './store.ts';
import { categories, type Demand } from './words.ts';

/** Those of these packs that a caller reaches: by title, custody and stations. */
export type PacksReached = (work: Work, reach: Reach, codes: readonly PackCode[]) => Promise<Set<PackCode>>;

export const passportRoutes = (door: Door, packsReached: PacksReached): void => {
  /** What lies beyond reach is not there. */
  const demandReached = async (work: Work, code: PackCode, reach: Reach): Promise<void> => {
    const isThere = reach.all
      ? (await find(work, [code])).length > 0
      : (await packsReached(work, reach, [code])).has(code);
    if (!isThere) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  };
  serve(door, passportApi, {
    attributes: async () => ({
      items: attributes.map((it) => ({
        ...named(it),
        ...{ chapter: it.chapter, from: it.from, path: it.path },
        demand: Object.fromEntries(categories.map((one) => [one, demandOf(it, one)])) as Record<
          (typeof categories)[number],
          Demand
        >,
      })),
    }),
    show: async (work, { params: { code }, query: { purpose }, caller, reach }) => {
      await demandReached(work, code, reach);
      return await shown(work, visible(await passportNow(work, code), await readerOf(work, caller, purpose)));
    },
    european: async (work, { params: { code }, query: { purpose }, caller, reach }) => {
      await demandReached(work, code, reach);
      const passport = visible(await passportNow(work, code), await readerOf(work, caller, purpose));
      return {
        ...{ id: passport.id, code, cannotHold: [...cannotHold] },
        aspects: europeanExport(passport).map((it) => ({ ...it, lacks: [...it.lacks] })),
        simulated: await isSimulated(work),
      };
    },
    identity: async (work, { params: { code }, caller, reach }) => {
      await demandReached(work, code, reach);
      const { as } = await readerOf(work, caller, undefined);
      if (as !== 'authority' && as !== 'operator')
        throw new Refused(
          'passport-withheld',
          'The digital identity is for the authority and the operator',
          { as },
          403,
        );
      const { parts, events, unconfirmed, ...rest } = digitalIdentity(await factsOf(work, code));
      return { ...rest, parts: { ...parts }, events: [...events], unconfirmed: [...unconfirmed] };
    },
    documents: async (work, { params, caller }) => ({
      items: (await versionsOf(work, params.model)).map((it) => versionFor(caller, it)),
    }),
    supply: async (work, { params, body, caller }) => {
      await demandSupplier(work, caller, params.model);
      const supplied = { gtin: body.gtin ?? null, codePrefix: body.codePrefix ?? null, values: body.values };
      demandSound(params.model, supplied);
      const by = { by: caller.tenant ?? null, simulated: false };
      const { body: values, ...document } = await addDocument(work, params.model, supplied, by);
      return versionFor(caller, { ...document, attributes: Object.keys(values).length });
    },
  });
};

/** @throws Refused `passport-not-supplier` unless a maker speaks of its own model, or the platform */
async function demandSupplier(work: Work, caller: Caller, model: string): Promise<void> {
  if (caller.tenant === undefined) return;
  const party = await findParty(work, caller.tenant);
  if (party?.kind === 'platform') return;
  const before = await newestDocument(work, model);
  // What was made up gives way to whoever knows.
  const isOwn = before === undefined || before.simulated || before.suppliedBy === caller.tenant;
  if (party?.kind !== 'maker' || !isOwn)
    throw new Refused('passport-not-supplier', `Only its maker says what ${model} is`, { model }, 403);
}

function versionFor(caller: Caller, it: Omit<Document, 'body'> & { readonly attributes: number }) {
  const { model, version, at, suppliedBy, simulated, gtin, attributes: many } = it;
  const mayKnow = caller.tenant === undefined || caller.tenant === suppliedBy;
  return { model, version, at, simulated, gtin, attributes: many, suppliedBy: mayKnow ? suppliedBy : null };
}
