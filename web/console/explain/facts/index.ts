// All explained numbers; one file for each part of the business.
import { map } from './map.ts';
import { network } from './network.ts';
import { people } from './people.ts';
import { station } from './station.ts';
import { swap } from './swap.ts';
import { twin } from './twin.ts';

export const facts = { ...map, ...network, ...people, ...station, ...swap, ...twin };
export type FactName = keyof typeof facts;
