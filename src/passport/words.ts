// The words of passports. Browser-safe.

/** Annex XIII of Regulation (EU) 2023/1542 in its four parts, as the specification assigns them. */
export const accessClasses = ['public', 'interest', 'interest-commission', 'authorities'] as const;
export type AccessClass = (typeof accessClasses)[number];

/** In the order of the columns of the specification; the letters of `Attribute.must` follow it. */
export const categories = ['ev', 'lmt', 'industrial', 'stationary'] as const;
export type Category = (typeof categories)[number];

export const aspects = [
  'GeneralProductInformation',
  'Labels',
  'CarbonFootprint',
  'SupplyChainDueDiligence',
  'MaterialComposition',
  'Circularity',
  'Performance',
] as const;
export type Aspect = (typeof aspects)[number];

/** From whom a value is due. `bms`: only the pack itself measures it, and it has to send it. `platform`: follows from our events. */
export const suppliers = ['manufacturer', 'producer', 'operator', 'platform', 'bms'] as const;
export type Supplier = (typeof suppliers)[number];

/** Whether it must be there, may be, or does not apply. */
export const demands = ['mandatory', 'voluntary', 'none'] as const;
export type Demand = (typeof demands)[number];

/** Where a known value is from: who owes it, a station, our estimate, other values, the record. */
export const bases = ['supplied', 'reported', 'estimated', 'derived', 'recorded'] as const;
export type Basis = (typeof bases)[number];

/** For what somebody with a legitimate interest may read: Article 77(2)(c) of Regulation (EU) 2023/1542. */
export const purposes = [
  'dismantling',
  'repair',
  'remanufacturing',
  'second-life',
  'recycling',
  'energy-market',
] as const;
export type Purpose = (typeof purposes)[number];

export const readerClasses = ['public', 'interest', 'commission', 'authority', 'owner', 'operator'] as const;
export type ReaderClass = (typeof readerClasses)[number];

/** What is uploaded to the national platform, in the order of a life. */
export const uploadKinds = ['production', 'fitting', 'swap', 'repair', 'retirement', 'reuse'] as const;
export type UploadKind = (typeof uploadKinds)[number];
