// Packs of the network, watched from charge to charge (docs/decisions/0036).
export { packAlarmed, sensorDoubted } from './alarmed.ts';
export { clearRisk, demandNoRisk } from './clear.ts';
export { riskInvariants } from './invariants.ts';
export { riskChanged } from './judged.ts';
export { chargesStopped, packsRested, restsEnded } from './rested.ts';
export { mayLook, standsAgainst, takeRested, takeWaiting } from './store.ts';
