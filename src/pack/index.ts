export {
  type Allocation,
  allocate,
  type ChosenBecause,
  type NoneBecause,
  type Reason,
  type StandingPack,
  type Wish,
} from './allocation.ts';
export { packModel, packModels } from './catalogue/packs.ts';
export { stationPreset, stationPresets } from './catalogue/stations.ts';
export { vehicleModel, vehicleModels } from './catalogue/vehicles.ts';
export {
  type BatteryType,
  type CodeDesign,
  type CodeField,
  type CodeParts,
  formatCode,
  isSecondUseCode,
  type Product,
  parseCode,
  type ReadCode,
} from './code.ts';
export {
  type AnyCodeField,
  type Code45565Field,
  type Code45565Parts,
  formatCode45565,
  PRODUCT_TYPES,
  type ProductType45565,
  parseCode45565,
  type ReadAnyCode,
  type ReadCode45565,
  readCode,
} from './code45565.ts';
export { type Coding, codesOf, coding, recode, type SecondUseLink, wrongPart } from './coding.ts';
export {
  advice,
  compatible,
  type Denial,
  isAllowed,
  isPackAllowed,
  packDenials,
  type Verdict,
} from './compatibility.ts';
export type { Counter, Counters, CountersRead } from './counters.ts';
export { countersFor, countersOf, countersRead, type Strange } from './counters-store.ts';
export { Firmware, firmwareText } from './firmware.ts';
export { fits } from './fitting.ts';
export { packInvariants } from './invariants.ts';
export { MATCHING } from './mixing.ts';
export {
  type Bay,
  bayOf,
  type Chemistry,
  type Mount,
  type PackFacts,
  type PackFamily,
  type PackModel,
  type PackModelId,
  type Range,
  type StationPreset,
  type StationPresetId,
  type SwapProfile,
  usableWh,
  type VehicleClass,
  type VehicleModel,
  type VehicleModelId,
} from './model.ts';
export { type OwnersAt, ownersOver } from './owned.ts';
export type { Refusal } from './refusal.ts';
export { admitStrangers, type Entering, type Owner, ownersOf, register, whereAre } from './register.ts';
export type { Aspect, ClauseRef, Fact, Question } from './standards/clause.ts';
export { diffProfiles, diffReport, type ProfileDiff } from './standards/diff.ts';
export { type Profile, profiles, profilesInForce, type Scope, scopeOf } from './standards/profiles.ts';
export { type Cited, cited, type Standard, standards } from './standards/registry.ts';
export {
  clear,
  find,
  known,
  linksOf,
  list,
  type Observation,
  observe,
  type Pack,
  quarantine,
  successorsOf,
} from './store.ts';
export { entersUnder, type Structure, structure } from './structure.ts';
export { succeed } from './succeed.ts';
export { type Running, type Throughput, throughput, turnHoursFor } from './throughput.ts';
export { type TitleMoment, titlePast } from './title/past.ts';
export { readSigned, type Signed, signedText, signersOf, type Wanted } from './title/signed.ts';
export { keysOf as signingKeysOf } from './title/store.ts';
export { checkDigitOf, parseVin, type ReadVin, withCheckDigit } from './vin.ts';
export { WHOLE_TITLE } from './whole.ts';
