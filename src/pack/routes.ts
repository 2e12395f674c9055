import { type Door, Refused, serve, type Work } from '#kernel';
import { everything, type Reach } from '#kernel/api';
import type { Holder } from '#ledger';
import { append, bodyFor, classesOf, history } from '#record';
import type { PackCode } from '#units';
import { packApi } from './api.ts';
import { compatibilityChecked } from './asked.ts';
import { packModels } from './catalogue/packs.ts';
import { stationPresets } from './catalogue/stations.ts';
import { vehicleModels } from './catalogue/vehicles.ts';
import { entering, packWrong } from './entering.ts';
import { firmwareText } from './firmware.ts';
import { usableWh } from './model.ts';
import { place } from './place.ts';
import { type Entering, ownersOf, register, whereAre } from './register.ts';
import { clear, find, known, linksOf, type Pack, quarantine, setRecalled } from './store.ts';
import type { Structure } from './structure.ts';
import { succeed } from './succeed.ts';

/** Says which of these holders do not exist within reach; the rooms that know stations stand above this one. */
export type JudgeHolders = (work: Work, holders: readonly Holder[], reach: Reach) => Promise<readonly Holder[]>;

/** Those of these packs that a caller reaches: by title, custody and stations. */
export type PacksReached = (work: Work, reach: Reach, codes: readonly PackCode[]) => Promise<Set<PackCode>>;

/** Tells whoever has the pack standing in a slot that it carries another code now. */
export type Relabel = (work: Work, from: PackCode, to: PackCode) => Promise<unknown>;

/** What the rooms above, which know of swaps and slots, do and demand when somebody decides about a pack. */
interface Keepers {
  /** The pack waits for no driver any more. */
  readonly withdraw: (work: Work, code: PackCode, why: string) => Promise<void>;
  /** @throws Refused while a swap goes on with the pack */
  readonly demandNoSwap: (work: Work, code: PackCode) => Promise<void>;
  /** @throws Refused while its grade or a test keeps the pack in quarantine */
  readonly demandClearable: (work: Work, code: PackCode) => Promise<void>;
  /** @throws Refused when who gets it may not have it */
  readonly demandReceiver: (work: Work, code: PackCode, holder: Holder) => Promise<void>;
  /** The pack stands in no slot any more. */
  readonly lift: (work: Work, code: PackCode) => Promise<unknown>;
}

interface Above extends Keepers {
  readonly unknownHolders: JudgeHolders;
  readonly relabel: Relabel;
  readonly packsReached: PacksReached;
  /** How packs enter for which nobody said anything else. */
  readonly structure: Structure | undefined;
}

export const packRoutes = (door: Door, above: Above): void => {
  const { unknownHolders, relabel, packsReached, withdraw, demandNoSwap, demandClearable, demandReceiver, lift } =
    above;
  /** What lies beyond reach is not there. */
  const the = async (work: Work, code: PackCode, reach: Reach): Promise<Pack> => {
    const [pack] = await find(work, [code]);
    if (!pack || !(reach.all || (await packsReached(work, reach, [code])).has(code)))
      throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
    return pack;
  };
  serve(door, packApi, {
    register: async (work, { body, caller, reach }) => {
      const rows = [body].flat();
      const packs = entering(rows, work.at, above.structure);
      const [stranger] = await unknownHolders(work, [...new Set(packs.map((it) => it.holder))], reach);
      if (stranger) throw new Refused('holder-unknown', `Register ${stranger} first`, { holder: stranger }, 422);
      await refuseStrangeOwners(work, packs, unknownHolders);
      await refuseKnown(
        work,
        packs.map((it) => it.code),
      );
      await register(
        work,
        packs.map((it) => ({ ...it, by: caller.name })),
      );
      const shut = rows.flatMap((it, n) => (it.quarantined ? [{ code: packs[n]!.code, why: it.quarantined.why }] : []));
      await quarantine(work, shut);
      await append(
        work,
        shut.map(({ code, why }) => ({
          subject: `pack:${code}`,
          type: 'pack.quarantined',
          body: { why, by: caller.name },
        })),
      );
      return { codes: packs.map((it) => it.code) };
    },

    show: async (work, { params: { code }, reach, caller }) => {
      const pack = await the(work, code, reach);
      const classes = classesOf(caller);
      return {
        ...shown(pack),
        custody: (await whereAre(work, [code])).get(code) ?? null,
        title: [...((await ownersOf(work, [code])).get(code) ?? [])],
        ...(await linksOf(work, code)),
        history: (await history(work, `pack:${code}`)).map((it) => ({ ...it, body: bodyFor(classes, it) })),
      };
    },
    quarantine: async (work, { params: { code }, body: { why }, caller, reach }) => {
      await the(work, code, reach);
      await withdraw(work, code, `in quarantine: ${why}`);
      await quarantine(work, [{ code, why }]);
      await append(work, [{ subject: `pack:${code}`, type: 'pack.quarantined', body: { why, by: caller.name } }]);
      return shown(await the(work, code, reach));
    },
    clear: async (work, { params: { code }, body: { finding }, caller, reach }) => {
      await the(work, code, reach);
      await demandClearable(work, code);
      await clear(work, code);
      await append(work, [{ subject: `pack:${code}`, type: 'pack.cleared', body: { finding, by: caller.name } }]);
      return shown(await the(work, code, reach));
    },
    recall: async (work, { params: { code }, body: { why }, caller, reach }) => {
      await the(work, code, reach);
      await withdraw(work, code, `recalled: ${why}`);
      await setRecalled(work, code, true);
      await append(work, [{ subject: `pack:${code}`, type: 'pack.recalled', body: { why, by: caller.name } }]);
      return shown(await the(work, code, reach));
    },
    liftRecall: async (work, { params: { code }, body: { finding }, caller, reach }) => {
      await the(work, code, reach);
      await setRecalled(work, code, false);
      await append(work, [{ subject: `pack:${code}`, type: 'pack.recall-lifted', body: { finding, by: caller.name } }]);
      return shown(await the(work, code, reach));
    },
    place: async (work, { params: { code }, body, caller, reach }) => {
      await the(work, code, reach);
      const [stranger] = await unknownHolders(work, [body.holder as Holder], reach);
      if (stranger) throw new Refused('holder-unknown', `Register ${stranger} first`, { holder: stranger }, 422);
      await known(work, [code]); // locked: no swap begins with it meanwhile
      await demandNoSwap(work, code);
      await demandReceiver(work, code, body.holder as Holder);
      await place(work, code, { holder: body.holder as Holder, reason: body.reason, by: caller.name });
      await lift(work, code);
      return { code, custody: body.holder };
    },
    succeed: async (work, { params: { code }, caller, reach }) => {
      await the(work, code, reach);
      await known(work, [code]); // locked: no swap begins with it meanwhile
      await demandNoSwap(work, code);
      const successor = await succeed(work, code, caller.name);
      await relabel(work, code, successor);
      return { original: code, successor };
    },
    packModels: async () => ({ items: packModels.map(plain) }),
    vehicleModels: async () => ({ items: vehicleModels.map(plain) }),
    stationPresets: async () => ({ items: stationPresets.map(plain) }),
    check: async (work, { body, reach }) =>
      await compatibilityChecked(work, body, (codes) => packsReached(work, reach, codes)),
  });
};

/** Title is only given to who takes part. @throws Refused `pack-wrong` that names the share */
async function refuseStrangeOwners(work: Work, packs: readonly Entering[], unknown: JudgeHolders): Promise<void> {
  const namedBy = ({ owners, lessee }: Entering) => [...owners.map((it) => it.party), ...(lessee ? [lessee] : [])];
  const parties = new Set(packs.flatMap((it) => namedBy(it).map((party): Holder => `party:${party}`)));
  const strangers = new Set(await unknown(work, [...parties], everything));
  if (strangers.size === 0) return;
  const issues = packs.flatMap((it, index) =>
    namedBy(it)
      .filter((party) => strangers.has(`party:${party}`))
      .map((party) => ({ field: `${index}.owners`, problem: `there is no party "${party}": register it first` })),
  );
  throw packWrong(issues);
}

async function refuseKnown(work: Work, codes: readonly PackCode[]): Promise<void> {
  const [known] = await find(work, codes);
  if (known) throw new Refused('pack-known', `Pack ${known.code} is registered already`, { code: known.code });
}

const shown = (it: Pack) => ({
  ...it,
  usableWh: usableWh(it),
  producedOn: it.producedOn.toString(),
  leakTestedOn: it.leakTestedOn?.toString() ?? null,
  firmware: firmwareText(it.firmware),
});

/** A row of the catalogue as JSON, with its sources. */
const plain = (it: { id: string; name: string; source: string; assumed: readonly PropertyKey[] }) => ({
  ...(it as { [field: string]: unknown } & typeof it),
  assumed: it.assumed.map(String),
});
