// A witness: a small process of its own that cosigns only what has grown.
export { askWitnesses, type KnownWitness } from './ask.ts';
export { witnessServer } from './serve.ts';
export { openWitness } from './witness.ts';
