export { type Bill, type BillLine, freeOfCharge, priceSwap } from './bill.ts';
export { divide, type Ownership, type Share } from './shares.ts';
export { assumedGridPrice, type MilliFenPerKwh, type Tariff, tariffFor, yuanPerKwh } from './tariff.ts';
