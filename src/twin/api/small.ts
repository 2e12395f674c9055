// Ageing of small NMC and NCA cells, on which most has been published.
import { tabulated } from './lookup.ts';
import type { AgeingModel } from './model.ts';
import { over35, overHalf } from './nmc.ts';
import { averaged, type Use } from './use.ts';

/** NCA in a laptop’s format: storage of Keil 2016, cycling of Preger 2020. */
export const ncaPanasonic: AgeingModel = {
  id: 'nca-panasonic',
  name: 'NCA Panasonic 3.2 Ah',
  chemistry: 'NCA',
  capacityAh: 3.2,
  source: 'doi 10.1149/2.0411609jes and 10.1149/1945-7111/abae37, as fitted in BLAST-Lite (BSD-3)',
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.512 },
      grows: { with: 'days', per: 1 },
      rate: (use) =>
        averaged(use, ({ kelvin, soc }) => 75.4 * Math.exp(-3340 / kelvin) * Math.exp((353 * soc) / kelvin)),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.699 },
      grows: { with: 'efc', per: 1 },
      // The fit’s terms of temperature are 1 to nine digits: twice one is two.
      rate: ({ dod, meanC }) => (1.86e-6 + 4.74e-11 * meanC + 1.77e-4 * dod) * 2,
    },
  ],
  valid: { celsius: [15, 35], chargeC: 0.5, dischargeC: 2 },
  silent: {
    en: 'knees, and how cycling depends on temperature',
    zh: '拐点、循环衰减与温度的关系',
  },
};

/** NMC811 with silicon in the anode. */
export const nmcM50: AgeingModel = {
  id: 'nmc-m50',
  name: 'NMC811 LG M50 5 Ah, graphite with silicon',
  chemistry: 'NMC',
  capacityAh: 5,
  source: 'Bui 2021, ieeexplore.ieee.org/document/9617644, as fitted in BLAST-Lite (BSD-3)',
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.651697743905278 },
      grows: { with: 'days', per: 1e4 },
      rate: (use) =>
        averaged(use, ({ kelvin, anodeV, soc }) => {
          const t = over35(kelvin);
          const u = overHalf(anodeV);
          return (
            -2.39156628786525 +
            2.44205317834185 * Math.exp(t ** 3 / u ** (1 / 3)) -
            (4.45998246136905 * t ** 3) / u ** 0.5 +
            0.448140062203916 * Math.exp(soc ** 0.5 / t ** 2) -
            0.185337797906876 * Math.exp(soc ** 3)
          );
        }),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.441996792536332 },
      grows: { with: 'efc', per: 1e4 },
      rate: (use) =>
        0.181235015387132 *
        Math.exp(-0.123779206033993 * use.dischargeC ** 3) *
        averaged(use, ({ kelvin }) => Math.exp(1.24459541295018 * over35(kelvin) ** 3 * use.dischargeC ** 0.5)),
    },
  ],
  valid: { celsius: [0, 25], chargeC: 0.3, dischargeC: 2 },
  silent: {
    en: 'how deep and how fast it is charged: all its cycles were whole ones',
    zh: '充电深度与速度：试验均为完整循环',
  },
};

/**
 * Open-circuit voltage of Sanyo’s UR18650E in V over the state of charge: Ecker 2014, doi 10.1016/j.jpowsour.2013.09.143, at
 * every twentieth, read from the table of BLAST-Lite’s Sanyo model.
 */
const sanyoV = tabulated([
  3.331, 3.4197, 3.491, 3.5436, 3.5812, 3.6079, 3.6267, 3.6411, 3.6552, 3.6726, 3.6974, 3.7322, 3.7747, 3.8209, 3.8688,
  3.9154, 3.9649, 4.0194, 4.073, 4.1183, 4.162,
]);

/** NMC111 of 2014, short-lived, with growth of resistance: Schmalstieg 2014. Its knees were left out of the fit. */
export const nmcSanyo: AgeingModel = {
  id: 'nmc-sanyo',
  name: 'NMC111 Sanyo 2.15 Ah',
  chemistry: 'NMC',
  capacityAh: 2.15,
  source: 'Schmalstieg 2014, J. Power Sources 257:325, doi 10.1016/j.jpowsour.2014.02.012',
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.75 },
      grows: { with: 'days', per: 1 },
      rate: (use) => averaged(use, ({ soc, kelvin }) => (7.543 * sanyoV(soc) - 23.75) * 1e6 * Math.exp(-6976 / kelvin)),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.5 },
      grows: { with: 'efc', per: 1 / 4.3 }, // in Ah: in and out of 2.15 Ah
      rate: (use) => 7.348e-3 * (rmsV(use) - 3.667) ** 2 + 7.6e-4 + 4.081e-3 * use.dod,
    },
  ],
  resistance: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.75 },
      grows: { with: 'days', per: 1 },
      rate: (use) => averaged(use, ({ soc, kelvin }) => (5.27 * sanyoV(soc) - 16.32) * 1e5 * Math.exp(-5986 / kelvin)),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 1 },
      grows: { with: 'efc', per: 1 / 4.3 },
      rate: (use) => 2.153e-4 * (rmsV(use) - 3.725) ** 2 - 1.521e-5 + 2.798e-4 * use.dod,
    },
  ],
  valid: { celsius: [20, 40], chargeC: 1, dischargeC: 1 },
  silent: {
    en: 'temperature and rate in cycling; knees, which these cells do have',
    zh: '循环中的温度与倍率；以及此类电芯确有的拐点',
  },
};

const rmsV = (use: Use): number => Math.sqrt(averaged(use, ({ soc }) => sanyoV(soc) ** 2));
