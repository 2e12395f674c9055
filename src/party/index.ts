export { accessChanged } from './access.ts';
export { accountRoutes } from './accountRoutes.ts';
export { type FirstSignIn, firstAdministrator, thePlatform } from './administrator.ts';
export { type Auth, createAuth } from './auth.ts';
export type { AuthActs } from './authActs.ts';
export { Callers, sessionCookie } from './callers.ts';
export { enrol } from './enrol.ts';
export { demandDriverErasable, demandErasable, demandOwnErasable } from './erasable.ts';
export { type Invitation, invitations } from './invitations.ts';
export { type ApiKey, callerOf, keys, makeKey, revokeKey } from './keys.ts';
export * as lockout from './lockout.ts';
export {
  demandPost,
  dismiss,
  join,
  joinBy,
  type Member,
  type Membership,
  members,
  membershipsOf,
  type Post,
} from './members.ts';
export { type Driver, type Party, type Swapper, sameCase, type Token, type Vehicle } from './party.ts';
export {
  addPerson,
  oneTimePassword,
  passwordSet,
  people,
  personById,
  setLocked,
  setPassword,
  thePerson,
} from './person.ts';
export { keyGrants, memberGrants, policy, type Standing, scopesFor } from './policy.ts';
export { type Provider, providers, vouched } from './providers.ts';
export {
  addParties,
  addTokens,
  addVehicles,
  findParty,
  kindsOf,
  knownDrivers,
  knownParties,
  knownTokens,
  knownVehicles,
  parties,
  setTokenStatus,
  stillOpen,
  vehiclesByPlate,
  vehiclesOf,
  whoAsks,
  whoSwaps,
} from './store.ts';
export { type Balance, type Payment, topUp } from './topUp.ts';
export { namedTraces, namesOf } from './trail.ts';
export type { PartyKind, Role } from './words.ts';
