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
export type { Refusal } from './refusal.ts';
export { checkDigitOf, parseVin, type ReadVin, withCheckDigit } from './vin.ts';
