// All explained numbers; one file for each part of the business.
import { map } from './map.ts';
import { network } from './network.ts';
import { people } from './people.ts';
import { station } from './station.ts';

export const facts = { ...map, ...network, ...people, ...station };
export type FactName = keyof typeof facts;
