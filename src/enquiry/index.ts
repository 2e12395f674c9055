export { makeEdition } from './edition.ts';
export { enquiryInvariants } from './invariants.ts';
export { forgetConsentsBefore } from './store.ts';
