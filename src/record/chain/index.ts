// The chain as a notary of the log and a mirror of the register. Nothing else waits for it.
export { addressBook } from './addresses.ts';
export { type Anchored, latestAnchored } from './anchor.ts';
export { askAnvil, startAnvil } from './anvil.ts';
export { type Chain, openChain } from './chain.ts';
export { type Deployment, deploy, onRightChain, readDeployment, setMember } from './deploy.ts';
export { type Judgement, judge } from './judge.ts';
export { makeKeyFile, readKeyFile } from './key.ts';
export { type Known, whatChainKnows } from './known.ts';
export { type Look, lookAt } from './look.ts';
export { type Notary, openNotary } from './notary.ts';
export { ChainTrouble } from './problem.ts';
export type { AddressOf, Difference, Register } from './register.ts';
export { bringIntoStep, compare } from './shares.ts';
export { type Source, startsWith } from './source.ts';
