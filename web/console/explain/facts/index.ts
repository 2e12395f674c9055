// All explained numbers; one file for each part of the business.
import { station } from './station.ts';

export const facts = { ...station };
export type FactName = keyof typeof facts;
