export { enrol } from './enrol.ts';
export { type ApiKey, callerOf, keys, makeKey, revokeKey } from './keys.ts';
export { type Driver, type Party, type Swapper, sameCase, type Token, type Vehicle } from './party.ts';
export { keyGrants, memberGrants, policy, type Standing, scopesFor } from './policy.ts';
export {
  addParties,
  addTokens,
  addVehicles,
  knownDrivers,
  knownParties,
  knownTokens,
  knownVehicles,
  setTokenStatus,
  whoAsks,
  whoSwaps,
} from './store.ts';
export { type Balance, type Payment, topUp } from './topUp.ts';
