// The words of reports. Browser-safe.

/** What is reported: `soh` is a station's periodic upload, the others are facts of one pack. */
export const reportKinds = ['production', 'sale', 'swap', 'repair', 'retirement', 'hand-over', 'reuse', 'soh'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** The life of a pack. What a recycler makes of it nobody tells us yet: no entry of the record brings a pack to the last. */
export const stages = ['production', 'in-use', 'maintenance', 'retired', 'second-life', 'recycled'] as const;
export type Stage = (typeof stages)[number];

export const reportStates = ['waiting', 'received', 'rejected', 'withdrawn'] as const;
export type ReportState = (typeof reportStates)[number];

/** What an organisation is licensed to do with packs. */
export const licenceScopes = ['recycling', 'second-use', 'repair'] as const;
export type LicenceScope = (typeof licenceScopes)[number];

/** Why a pack counts as missing. */
export const missingWhys = ['unseen', 'slot-empty', 'elsewhere', 'reported'] as const;
export type MissingWhy = (typeof missingWhys)[number];
