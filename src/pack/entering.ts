// What somebody sends to register packs, made into packs, or refused with the field at fault.
import type { z } from 'zod';
import { Refused } from '#kernel';
import type { Holder } from '#ledger';
import type { Instant } from '#units';
import type { newPack } from './api.ts';
import { packModel } from './catalogue/packs.ts';
import { readCode } from './code45565.ts';
import { Firmware } from './firmware.ts';
import type { PackModelId } from './model.ts';
import { type Entering, WHOLE_TITLE } from './register.ts';

type Sent = z.infer<typeof newPack>;

interface Issue {
  readonly field: string;
  readonly problem: string;
}

/**
 * All packs, or none and what is wrong with each.
 * @throws Refused `pack-wrong` with `issues`, each naming row and field: `3.code.day`
 */
export function entering(rows: readonly Sent[], at: Instant): Entering[] {
  const today = at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const issues: Issue[] = [];
  const packs = rows.flatMap((row, index) => {
    const read = entry(row, today);
    if (!Array.isArray(read)) return [read];
    issues.push(...read.map((it) => ({ ...it, field: `${index}.${it.field}` })));
    return [];
  });
  const twice = packs.find((it, index) => packs.findIndex((other) => other.code === it.code) !== index);
  if (twice) issues.push({ field: 'code', problem: `${twice.code} stands in the list twice` });
  if (issues.length > 0)
    throw new Refused(
      'pack-wrong',
      `${issues[0]!.field}: ${issues[0]!.problem}`,
      { issues: issues.slice(0, 100) },
      400,
    );
  return packs;
}

function entry(row: Sent, today: Temporal.PlainDate): Entering | Issue[] {
  const issues: Issue[] = [];
  const read = readCode(row.code, today);
  const model = packModel(row.model as PackModelId);
  const inCode = read.ok && read.standard === 'GB/T 34014-2017' ? read.parts.on : undefined;
  const producedOn = row.producedOn === undefined ? inCode : Temporal.PlainDate.from(row.producedOn);
  const title = row.owners.reduce((sum, it) => sum + it.millionths, 0);

  if (!read.ok) issues.push({ field: `code.${read.field}`, problem: `${read.problem}: ${read.hint}` });
  if (!model) issues.push({ field: 'model', problem: `there is no pack model "${row.model}"` });
  if (read.ok && !producedOn) issues.push({ field: 'producedOn', problem: 'this code does not say it: give the date' });
  if (inCode && producedOn && !inCode.equals(producedOn) && read.ok && read.parts.secondUse === null)
    issues.push({ field: 'producedOn', problem: `the code says ${inCode}` });
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
    leakTestedOn: row.leakTestedOn === null ? null : Temporal.PlainDate.from(row.leakTestedOn),
    leakTestPassed: row.leakTestPassed,
    firmware: Firmware(row.firmware),
    efc: row.efc,
    matingCycles: row.matingCycles,
    holder: row.holder as Holder,
    owners: row.owners,
  };
}
