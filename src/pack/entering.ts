// What somebody sends to register packs, made into packs, or refused with the field at fault.
import type { z } from 'zod';
import { Refused } from '#kernel';
import type { Holder } from '#ledger';
import type { Instant } from '#units';
import type { newPack } from './api.ts';
import { packModel } from './catalogue/packs.ts';
import type { BatteryType } from './code.ts';
import { PRODUCT_TYPES, type ReadAnyCode, readCode } from './code45565.ts';
import { Firmware } from './firmware.ts';
import type { Chemistry, PackModelId } from './model.ts';
import type { Entering } from './register.ts';
import { entersUnder, type Structure } from './structure.ts';
import { WHOLE_TITLE } from './whole.ts';

type Sent = z.infer<typeof newPack>;

interface Issue {
  readonly field: string;
  readonly problem: string;
}

/**
 * All packs, or none and what is wrong with each.
 * @param under the property structure of the network
 * @throws Refused `pack-wrong` with `issues`, each naming row and field: `3.code.day`
 */
export function entering(rows: readonly Sent[], at: Instant, under?: Structure): Entering[] {
  const today = at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const issues: Issue[] = [];
  const packs = rows.flatMap((row, index) => {
    const read = entry({ ...row, owners: row.owners ?? under?.owners ?? [] }, today);
    if (!Array.isArray(read)) return [entersUnder(read, under)];
    issues.push(...read.map((it) => ({ ...it, field: `${index}.${it.field}` })));
    return [];
  });
  const twice = packs.find((it, index) => packs.findIndex((other) => other.code === it.code) !== index);
  if (twice) issues.push({ field: 'code', problem: `${twice.code} stands in the list twice` });
  if (issues.length > 0) throw packWrong(issues);
  return packs;
}

/** Names the first 100 things that are wrong. */
export const packWrong = (issues: readonly Issue[]): Refused =>
  new Refused('pack-wrong', `${issues[0]!.field}: ${issues[0]!.problem}`, { issues: issues.slice(0, 100) }, 400);

function entry(row: Sent & Pick<Entering, 'owners'>, today: Temporal.PlainDate): Entering | Issue[] {
  const issues: Issue[] = [];
  const read = readCode(row.code, today);
  const model = packModel(row.model as PackModelId);
  const inCode = read.ok && read.standard === 'GB/T 34014-2017' ? read.parts.on : undefined;
  const producedOn = row.producedOn === undefined ? inCode : Temporal.PlainDate.from(row.producedOn);
  const leakTestedOn = row.leakTestedOn === null ? null : Temporal.PlainDate.from(row.leakTestedOn);
  const owners = new Set(row.owners.map((it) => it.party));
  const title = row.owners.reduce((sum, it) => sum + it.millionths, 0);

  if (!read.ok) issues.push({ field: `code.${read.field}`, problem: `${read.problem}: ${read.hint}` });
  else issues.push(...misused(read, model?.chemistry));
  if (!model) issues.push({ field: 'model', problem: `there is no pack model "${row.model}"` });
  if (read.ok && !producedOn) issues.push({ field: 'producedOn', problem: 'this code does not say it: give the date' });
  if (inCode && producedOn && !inCode.equals(producedOn))
    issues.push({ field: 'producedOn', problem: `the code says ${inCode}` });
  if (producedOn && Temporal.PlainDate.compare(producedOn, today) > 0)
    issues.push({ field: 'producedOn', problem: `lies after today (${today})` });
  if (producedOn && leakTestedOn && Temporal.PlainDate.compare(leakTestedOn, producedOn) < 0)
    issues.push({ field: 'leakTestedOn', problem: `lies before the pack was made on ${producedOn}` });
  if (owners.size < row.owners.length) issues.push({ field: 'owners', problem: 'an owner is listed twice' });
  if (title !== WHOLE_TITLE) issues.push({ field: 'owners', problem: `shares add up to ${title}, not ${WHOLE_TITLE}` });
  if (issues.length > 0 || !read.ok || !model || !producedOn) return issues;

  return {
    code: read.code,
    model: model.id,
    capacityWh: row.capacityWh ?? model.energyWh,
    soh: row.soh,
    soc: row.soc,
    quarantined: false,
    recalled: false,
    producedOn,
    leakTestedOn,
    leakTestPassed: row.leakTestPassed,
    firmware: Firmware(row.firmware),
    efc: row.efc,
    matingCycles: row.matingCycles,
    holder: row.holder as Holder,
    owners: row.owners,
  };
}

/** A sound code that is not the code of such a pack: of a part of one, of another chemistry, or of a second use. */
function misused(read: ReadAnyCode & { ok: true }, chemistry: Chemistry | undefined): Issue[] {
  if (read.standard === 'GB/T 45565-2025') {
    const { level } = PRODUCT_TYPES[read.parts.product];
    return [
      ...(level === 'module' || level === 'cell' ? [notAPack(level)] : []),
      ...(read.parts.secondUse === 'yes' ? [notItsFirstUse] : []),
    ];
  }
  const { product, battery, secondUse } = read.parts;
  const issues: Issue[] = [];
  if (product !== 'P') issues.push(notAPack(product === 'M' ? 'module' : 'cell'));
  if (chemistry && battery !== LETTERS[chemistry])
    issues.push({
      field: 'code.batteryType',
      problem: `"${battery}", but the model is ${chemistry}, which is "${LETTERS[chemistry]}"`,
    });
  if (secondUse !== null) issues.push(notItsFirstUse);
  return issues;
}

const notAPack = (level: 'module' | 'cell'): Issue => ({
  field: 'code.productType',
  problem: `this is the code of a ${level}: only packs are registered`,
});

const notItsFirstUse: Issue = {
  field: 'code.secondUse',
  problem: 'a second use begins at its original: register that one, then POST /v1/packs/<original>/successor',
};

/** GB/T 34014-2017. */
const LETTERS: Readonly<Record<Chemistry, BatteryType>> = { LFP: 'B', NMC: 'E' };
