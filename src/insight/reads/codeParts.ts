// A pack's code, part by part, for people: what is written and what it means.
import { type CodeParts, PRODUCT_TYPES, type ReadCode45565, readCode } from '#pack';
import type { Instant, PackCode } from '#units';

interface Part {
  readonly part: string;
  readonly written: string;
  readonly meaning: string;
}

const products = { P: 'pack', M: 'module', C: 'cell' } as const;
/** Only B and E are confirmed; the others are as in the standard's table by public excerpts. */
const chemistries = {
  A: 'NiMH',
  B: 'LFP',
  C: 'LMO',
  D: 'LCO',
  E: 'ternary (NMC)',
  F: 'supercapacitor',
  G: 'LTO',
  Z: 'other',
} as const;

/** Reads a code after its standard, GB/T 34014-2017 or GB/T 45565-2025. */
export function codeParts(code: PackCode, at: Instant): { standard: string; parts: Part[]; wrong: string | null } {
  const read = readCode(code, at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate());
  if (!read.ok) return { standard: read.standard, parts: [], wrong: read.problem };
  const parts = read.standard === 'GB/T 34014-2017' ? of34014(code, read.parts) : of45565(read.parts);
  return { standard: read.standard, parts, wrong: null };
}

function of34014(code: string, it: CodeParts): Part[] {
  const dateAt = it.traceability === null ? 7 : 14;
  return [
    { part: 'manufacturer', written: it.manufacturer, meaning: 'assigned to the manufacturer' },
    { part: 'productType', written: it.product, meaning: products[it.product] },
    { part: 'batteryType', written: it.battery, meaning: chemistries[it.battery] },
    { part: 'specification', written: it.specification, meaning: 'filed by the manufacturer' },
    ...(it.traceability === null
      ? []
      : [{ part: 'traceability', written: it.traceability, meaning: 'filed by the manufacturer' }]),
    { part: 'date', written: code.slice(dateAt, dateAt + 3), meaning: it.on.toString() },
    { part: 'serial', written: code.slice(dateAt + 3, dateAt + 10), meaning: `number ${it.serial} of that day` },
    ...(it.secondUse === null
      ? []
      : [{ part: 'secondUse', written: code.slice(-2), meaning: `second use as a ${products[it.secondUse]}` }]),
  ];
}

function of45565(it: (ReadCode45565 & { ok: true })['parts']): Part[] {
  const { use, level } = PRODUCT_TYPES[it.product];
  const second = { no: 'first use', yes: 'second use', unclear: 'perhaps second use: its variable part begins with R' };
  return [
    { part: 'enterprise', written: it.enterprise, meaning: 'registered at www.ldchy.cn' },
    { part: 'productType', written: it.product, meaning: `${use} ${level}` },
    { part: 'design', written: it.design, meaning: 'the enterprise’s own' },
    { part: 'variable', written: it.variable, meaning: second[it.secondUse] },
  ];
}
