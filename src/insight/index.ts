export { insightInvariants } from './invariants.ts';
export { askReached, packsReached, subjectReached, swapReached } from './reached.ts';
export { openSwaps } from './store.ts';
