// All explained numbers; one file for each part of the business.
import { network } from './network.ts';
import { people } from './people.ts';
import { station } from './station.ts';

export const facts = { ...network, ...people, ...station };
export type FactName = keyof typeof facts;
