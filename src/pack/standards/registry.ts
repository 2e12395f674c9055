/** A standard that swap networks are built to. We implement profiles of public excerpts; the paid texts are not ours. */
export interface Standard {
  readonly number: string;
  readonly title: string;
  /** The day it came into force; see `assumed`. */
  readonly inForceFrom: string;
  readonly evidence: string;
  /** True when no public source confirmed the day. */
  readonly assumed?: true;
}

const std = (number: string, inForceFrom: string, title: string, evidence: string, assumed?: true): Standard => ({
  number,
  title,
  inForceFrom,
  evidence,
  ...(assumed && { assumed }),
});

const QCT1204 = 'Compatibility of on-board battery swap system, passenger vehicles';
const QCT1201 = 'Compatibility of on-board battery swap system, commercial vehicles';
const QCT1243 = 'Common platform of battery swap, passenger vehicles';

export const standards: readonly Standard[] = [
  std(
    'GB/T 40032-2021',
    '2021-11-01',
    'Safety requirements of battery swap for electric vehicles (M1)',
    'chinesestandard.net GBT40032-2021: contents, scope',
  ),
  std(
    'GB/T 40032.2-2025',
    '2025-11-01',
    'Safety requirements of battery swap, part 2: commercial vehicles (N1 to N3)',
    'codeofchina.com GBT40032.2-2025: scope; day of force not confirmed',
    true,
  ),
  std(
    'GB/T 29772-2024',
    '2024-12-01',
    'General requirements of electric vehicle battery swap station',
    'gf.cabr-fire.com article-69776: clause 8.5; day of force not confirmed',
    true,
  ),
  std(
    'GB/T 45098-2024',
    '2025-03-01',
    'Battery swap service of commercial pure electric vehicles',
    'chinesestandard.us gbt45098-2024',
  ),
  std(
    'GB/T 32879-2016',
    '2017-03-01',
    'Swapping battery pack connector',
    'named by GB/T 29772-2024; edition and day not confirmed',
    true,
  ),
  std(
    'GB/T 32895-2016',
    '2017-03-01',
    'Communication protocols for swapping battery pack',
    'named by GB/T 29772-2024; edition and day not confirmed',
    true,
  ),
  std(
    'GB/T 33341-2016',
    '2017-07-01',
    'Swapping battery pack rack',
    'named by GB/T 29772-2024; edition and day not confirmed',
    true,
  ),
  std(
    'QC/T 1204.1-2024',
    '2025-01-01',
    `${QCT1204}, part 1: electrical interface`,
    'chinesestandard.net QCT1204 series',
  ),
  std(
    'QC/T 1204.2-2024',
    '2025-01-01',
    `${QCT1204}, part 2: cooling interface`,
    'chinesestandard.net QCT1204.2-2024: issued 2024-07-19',
  ),
  std('QC/T 1204.3-2024', '2025-01-01', `${QCT1204}, part 3: mechanism`, 'chinesestandard.net QCT1204 series'),
  std(
    'QC/T 1204.4-2024',
    '2025-01-01',
    `${QCT1204}, part 4: battery swap pack`,
    'codeofchina.com QCT1204.4-2024: clauses 4.1 and 4.3, table 1',
  ),
  std(
    'QC/T 1204.5-2024',
    '2025-01-01',
    `${QCT1204}, part 5: communication of vehicle and pack`,
    'chinesestandard.net QCT1204 series',
  ),
  std(
    'QC/T 1201.1-2023',
    '2024-07-01',
    `${QCT1201}, part 1: coupler`,
    'codeofchina.com QCT1201.3-2023; day of force not confirmed',
    true,
  ),
  std(
    'QC/T 1201.2-2023',
    '2024-07-01',
    `${QCT1201}, part 2: cooling interface`,
    'chinesestandard.de qct1201-2-2023; day of force not confirmed',
    true,
  ),
  std(
    'QC/T 1201.3-2023',
    '2024-07-01',
    `${QCT1201}, part 3: mechanism`,
    'codeofchina.com QCT1201.3-2023: N2, N3, cab-back; day not confirmed',
    true,
  ),
  std(
    'QC/T 1201.4-2023',
    '2024-07-01',
    `${QCT1201}, part 4: battery system`,
    'chinesestandard.de qct1201 series; day of force not confirmed',
    true,
  ),
  std(
    'QC/T 1201.5-2023',
    '2024-07-01',
    `${QCT1201}, part 5: communication of vehicle and battery system`,
    'chinesestandard.de qct1201 series; day of force not confirmed',
    true,
  ),
  std('QC/T 1243.1-2025', '2026-07-01', `${QCT1243}, part 1: vehicle`, 'bzfyw.com QCT1243.1-2025: contents'),
  std(
    'QC/T 1243.2-2025',
    '2026-07-01',
    `${QCT1243}, part 2: battery pack`,
    'bzfyw.com QCT1243.1-2025: scope of part 2',
  ),
  std(
    'QC/T 1243.3-2025',
    '2026-07-01',
    `${QCT1243}, part 3: communication of vehicle and station`,
    'research notes; text not seen',
  ),
];

/** Our own rules, where no standard we may cite says it. */
export const HOUSE = 'Packloop';

const byNumber = new Map(standards.map((it) => [it.number, it]));
/** @throws RangeError when the registry does not hold it: a clause may not cite what we do not list */
export function standard(number: string): Standard {
  const it = byNumber.get(number);
  if (!it) throw new RangeError(`${number} is not in the registry`);
  return it;
}

export interface Cited {
  /** As it was written, tidied. */
  readonly asCited: string;
  readonly means: readonly Standard[];
  /** Set when what was cited is not what was meant. */
  readonly note: string | null;
}

const SWAP_SET = [
  'GB/T 40032-2021',
  'GB/T 40032.2-2025',
  'GB/T 29772-2024',
  'GB/T 45098-2024',
  'QC/T 1204.',
  'QC/T 1201.',
  'GB/T 32879',
  'GB/T 32895',
  'GB/T 33341',
];
const ALIASES: Readonly<Record<string, { readonly means: readonly string[]; readonly note: string }>> = {
  'GB/T 39084': {
    means: SWAP_SET,
    note: 'GB/T 39084-2020 is the green product assessment of express packaging; papers cite it for battery swap by mistake',
  },
};

/**
 * What somebody means who cites a standard, in any spelling ("GB/T39084—2020", "GBT 40032"). Without a year, the editions
 * we hold. GB/T 39084-2020, "as cited" for swap interfaces, resolves to the right set with a note. Empty when unknown.
 */
export function cited(text: string): Cited {
  const asCited = tidy(text);
  const undated = asCited.replace(/-\d{4}$/, '');
  const alias = ALIASES[undated];
  const wanted = alias?.means ?? [asCited];
  const means = standards.filter((it) => wanted.some((w) => it.number === w || (isOpen(w) && it.number.startsWith(w))));
  return { asCited, means, note: alias?.note ?? null };
}

/** A series ("QC/T 1204.") or a number without its year. */
const isOpen = (number: string): boolean => !/-\d{4}$/.test(number);

const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[‐-―−]/gu, '-')
    .replace(/\s+/gu, '')
    .replace(/^(GB|QC)\/?T/, '$1/T ');
