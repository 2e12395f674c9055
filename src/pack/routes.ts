import { type Door, idCursor, Refused, serve, toPage, type Work } from '#kernel';
import type { Holder } from '#ledger';
import { append, history } from '#record';
import type { PackCode } from '#units';
import { packApi } from './api.ts';
import { compatibilityChecked } from './asked.ts';
import { packModels } from './catalogue/packs.ts';
import { stationPresets } from './catalogue/stations.ts';
import { vehicleModels } from './catalogue/vehicles.ts';
import { entering } from './entering.ts';
import { firmwareText } from './firmware.ts';
import { usableWh } from './model.ts';
import { ownersOf, register, whereAre } from './register.ts';
import { clear, find, linksOf, list, type Pack, quarantine } from './store.ts';
import { succeed } from './succeed.ts';

/** Says which of these holders do not exist; the rooms that know stations stand above this one. */
export type JudgeHolders = (work: Work, holders: readonly Holder[]) => Promise<readonly Holder[]>;

/** Tells whoever has the pack standing in a slot that it carries another code now. */
export type Relabel = (work: Work, from: PackCode, to: PackCode) => Promise<unknown>;

interface Above {
  readonly unknownHolders: JudgeHolders;
  readonly relabel: Relabel;
}

export const packRoutes = (door: Door, { unknownHolders, relabel }: Above): void =>
  serve(door, packApi, {
    register: async (work, { body }) => {
      const rows = [body].flat();
      const packs = entering(rows, work.at);
      const [stranger] = await unknownHolders(work, [...new Set(packs.map((it) => it.holder))]);
      if (stranger) throw new Refused('holder-unknown', `Register ${stranger} first`, { holder: stranger }, 422);
      await refuseKnown(
        work,
        packs.map((it) => it.code),
      );
      await register(work, packs);
      return { codes: packs.map((it) => it.code) };
    },
    list: async (work, { query: { cursor, limit } }) =>
      toPage((await list(work, idCursor(cursor), limit + 1)).map(shown), limit, (it) => it.code),
    show: async (work, { params: { code } }) => {
      const pack = await the(work, code);
      return {
        ...shown(pack),
        custody: (await whereAre(work, [code])).get(code) ?? null,
        title: [...((await ownersOf(work, [code])).get(code) ?? [])],
        ...(await linksOf(work, code)),
        history: (await history(work, `pack:${code}`)).map((it) => ({ ...it, body: { ...it.body } })),
      };
    },
    quarantine: async (work, { params: { code }, body: { why }, caller }) => {
      await the(work, code);
      await quarantine(work, [{ code, why }]);
      await append(work, [{ subject: `pack:${code}`, type: 'pack.quarantined', body: { why, by: caller.name } }]);
      return shown(await the(work, code));
    },
    clear: async (work, { params: { code }, body: { finding }, caller }) => {
      await the(work, code);
      await clear(work, code);
      await append(work, [{ subject: `pack:${code}`, type: 'pack.cleared', body: { finding, by: caller.name } }]);
      return shown(await the(work, code));
    },
    succeed: async (work, { params: { code }, caller }) => {
      const successor = await succeed(work, code, caller.name);
      await relabel(work, code, successor);
      return { original: code, successor };
    },
    packModels: async () => ({ items: packModels.map(plain) }),
    vehicleModels: async () => ({ items: vehicleModels.map(plain) }),
    stationPresets: async () => ({ items: stationPresets.map(plain) }),
    check: async (work, { body }) => await compatibilityChecked(work, body),
  });

async function the(work: Work, code: PackCode): Promise<Pack> {
  const [pack] = await find(work, [code]);
  if (!pack) throw new Refused('pack-unknown', `There is no pack ${code}`, { code }, 404);
  return pack;
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
