// Made-up packs with real codes: GB/T 34014-2017, the word SIMDEMO where the maker would trace them.
import type { Holder } from '#ledger';
import {
  type CodeDesign,
  type Coding,
  coding,
  type Entering,
  Firmware,
  type Owner,
  type PackModel,
  type PackModelId,
  packModel,
} from '#pack';
import { type Chance, type Instant, Percent } from '#units';
import { type Held, heldAs, type OwnersToBe, whole } from './property.ts';

export interface Wanted {
  readonly model: PackModelId;
  readonly holder: Holder;
  readonly soc: Percent;
  /** Blocks that run together have one age and one health. */
  readonly like?: Entering;
}

export type MakePack = (wanted: Wanted) => Entering;

/**
 * Makes packs that were built in the last three years; the same chance makes the same packs, whoever of the three structures
 * owns them. Without a `property` the structures are mixed.
 */
export function packMaker(
  chance: Chance,
  at: Instant,
  owners: OwnersToBe & { readonly property?: Held },
  codes: Coding = coding(),
): MakePack {
  const today = at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  return ({ model: id, holder, soc, like }) => {
    const model = modelOf(id);
    const ageDays = chance.between(60, 1100);
    const producedOn = like?.producedOn ?? today.subtract({ days: ageDays });
    const efc = like?.efc ?? Math.round(ageDays * (0.2 + 0.5 * chance.next()));
    const pack = {
      code: codes.next(designOf(model), producedOn),
      model: id,
      capacityWh: model.energyWh,
      soh: like ? within(like.soh + chance.next() - 0.5) : within(99.5 - efc * 0.008 - chance.next() * 2),
      soc,
      quarantined: false,
      recalled: false,
      producedOn,
      leakTestedOn: today.subtract({ days: chance.between(1, 50) }),
      leakTestPassed: true,
      firmware: Firmware('2.4.0'),
      efc,
      matingCycles: efc,
      holder,
    };
    return owners.property
      ? heldAs(pack, model, owners.property, owners, chance.next())
      : { ...pack, owners: mixedOwners(model, chance, owners) };
  };
}

const within = (soh: number): Percent => Percent(Math.round(Math.min(100, Math.max(80, soh)) * 10) / 10);

function modelOf(id: PackModelId): PackModel {
  const model = packModel(id);
  if (!model) throw new RangeError(`the catalogue has no pack model ${id}`);
  return model;
}

/** Of ten packs five belong to a bank, three to their maker, two to several together. */
function mixedOwners(model: PackModel, chance: Chance, { makers, banks, joint }: OwnersToBe): readonly Owner[] {
  const mode = chance.next();
  const maker = makers[model.maker];
  if (mode < 0.2 && joint.length > 0) return chance.pick(joint);
  return whole(mode < 0.5 && maker ? maker : chance.pick(banks));
}

/** Three characters stand for the maker; these are made up, as the traceability code says. */
const MANUFACTURERS: Readonly<Record<string, string>> = { CATL: '0C1', NIO: '0N1', Livan: '0L1', generic: '0G1' };

const designOf = ({ maker, chemistry, energyWh }: PackModel): CodeDesign => ({
  manufacturer: MANUFACTURERS[maker] ?? '0X1',
  product: 'P',
  battery: chemistry === 'LFP' ? 'B' : 'E',
  specification: String(Math.round(energyWh / 2000) % 100).padStart(2, '0'),
  traceability: 'SIMDEMO',
});
