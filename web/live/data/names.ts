import type { Station } from './contract.ts';

/** A station's name without the remark that it is simulated: that stands at the top of the page, for all of them. */
export const nameOf = ({ name }: Pick<Station, 'name'>): string => name.replace(/\s*[(（](simulated|模拟)[)）]$/, '');
