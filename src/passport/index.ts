export { reviseCredentials } from './issued.ts';
export { passportReissued } from './reissue.ts';
export { supplySimulated } from './supply.ts';
