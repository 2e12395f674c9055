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
export { Firmware, firmwareText } from './firmware.ts';
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
export type { Refusal } from './refusal.ts';
export { type Running, type Throughput, throughput, turnHoursFor } from './throughput.ts';
export { checkDigitOf, parseVin, type ReadVin, withCheckDigit } from './vin.ts';
