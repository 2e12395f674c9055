export { insightInvariants } from './invariants.ts';
export { openSwaps } from './store.ts';
