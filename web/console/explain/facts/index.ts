// All explained numbers; one file for each part of the business.
import { health } from './health.ts';
import { ledger } from './ledger.ts';
import { map } from './map.ts';
import { network } from './network.ts';
import { pack } from './pack.ts';
import { people } from './people.ts';
import { station } from './station.ts';
import { swap } from './swap.ts';
import { twin } from './twin.ts';

export const facts = { ...health, ...ledger, ...map, ...network, ...pack, ...people, ...station, ...swap, ...twin };
export type FactName = keyof typeof facts;
