// All ageing models, by name.
import { lfp250, lfpNaumann, lfpSony } from './lfp.ts';
import type { AgeingModel } from './model.ts';
import { nmc50b1, nmc50b2, nmc75a, nmcKokam } from './nmc.ts';
import { ncaPanasonic, nmcM50, nmcSanyo } from './small.ts';

export const models: readonly AgeingModel[] = [
  lfp250,
  lfpSony,
  lfpNaumann,
  nmc75a,
  nmc50b1,
  nmc50b2,
  nmcKokam,
  nmcSanyo,
  nmcM50,
  ncaPanasonic,
];

/** @throws RangeError that names those there are */
export function modelOf(id: string): AgeingModel {
  const model = models.find((it) => it.id === id);
  if (!model)
    throw new RangeError(`no ageing model is called "${id}"; there are: ${models.map((it) => it.id).join(', ')}`);
  return model;
}
