export { type Erased, type Erasing, erase } from './erase.ts';
export { holdings } from './holdings.ts';
export { dataOf } from './takeOut.ts';
