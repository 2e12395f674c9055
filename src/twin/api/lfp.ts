// Ageing of LFP cells with graphite anodes.
import type { AgeingModel } from './model.ts';
import { averaged } from './use.ts';

/** Large prismatic cells: measured at 10 to 45 degrees, gentle charging. J. Energy Storage 2023, 109042. */
export const lfp250: AgeingModel = {
  id: 'lfp-250',
  name: 'LFP 250 Ah prismatic',
  chemistry: 'LFP',
  capacityAh: 250,
  source: 'doi 10.1016/j.est.2023.109042, as fitted in BLAST-Lite (BSD-3, Alliance for Sustainable Energy)',
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.526 },
      grows: { with: 'days', per: 1 },
      rate: (use) =>
        averaged(use, (at) => 8.37e4 * Math.exp(-5210 / at.kelvin) * Math.exp((-3560 * at.anodeV) / at.kelvin)),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.828 },
      grows: { with: 'efc', per: 1 },
      rate: (use) =>
        (4.38e-8 + 1.55e-8 * use.dod + 1.68e-7 * use.meanC) *
        averaged(use, (at) => Math.exp(2190 / at.kelvin) + Math.exp(-1.55e5 / at.kelvin)),
    },
  ],
  valid: { celsius: [10, 45], chargeC: 0.65, dischargeC: 1 },
  silent: {
    en: 'fast charging, below 10 °C, knees',
    zh: '快充、低于 10 °C、拐点',
  },
};

/**
 * Long-lived power cells: storage of Naumann 2018, cycling of Naumann 2020, fitted anew. Their fast first loss, which showed
 * at more than three full cycles a day only, is left out: no duty of a swap network is like that.
 */
export const lfpSony: AgeingModel = {
  id: 'lfp-sony',
  name: 'LFP Sony-Murata 3 Ah',
  chemistry: 'LFP',
  capacityAh: 3,
  source:
    'doi 10.1016/j.est.2018.01.019, 10.1016/j.jpowsour.2019.227666, fit 10.1149/1945-7111/ac86a8 (BLAST-Lite, BSD-3)',
  losses: [
    {
      name: 'calendar',
      law: { law: 'sigmoid' },
      grows: { with: 'days', per: 1 },
      rate: (use) => ({
        limit: averaged(
          use,
          ({ kelvin: t, anodeV: u }) => 0.98968715 * Math.exp((-2881067.56019 / t ** 2 + 8742.06309 / t) * u ** 0.5),
        ),
        k: 1.30510034e-4,
        p: averaged(
          use,
          ({ kelvin: t, anodeV: u }) =>
            3.32850281e-4 *
            Math.exp((7.34553185711e11 / t ** 4 - 3.28499131545e9 / t ** 3) * u ** (1 / 3)) *
            Math.exp((1.2722759366e-3 * t ** 2 - 2.8216157562e-6 * t ** 3) * u ** 0.25),
        ),
      }),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 1.12847759 },
      grows: { with: 'efc', per: 1 },
      rate: ({ dod, meanC }) =>
        Math.abs(-6.812605794e-6 + 2.596159732e-5 * dod + 2.115597103e-6 * Math.exp(dod ** 2 * meanC ** 3)) **
        1.12847759,
    },
  ],
  valid: { celsius: [20, 40], chargeC: 0.5, dischargeC: 0.5 },
  silent: {
    en: 'how cycling depends on temperature; knees',
    zh: '循环衰减与温度的关系、拐点',
  },
};

const GAS = 8.314;
const REFERENCE = 298.15;

/** The closed form of the same cells that SimSES uses, with growth of resistance. */
export const lfpNaumann: AgeingModel = {
  id: 'lfp-naumann',
  name: 'LFP Sony-Murata 3 Ah, Naumann’s closed form',
  chemistry: 'LFP',
  capacityAh: 3,
  source: 'Naumann 2018, doi 10.1016/j.est.2018.01.019; Naumann 2020, doi 10.1016/j.jpowsour.2019.227666',
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.5 },
      grows: { with: 'days', per: 1 / 86_400 },
      rate: (use) =>
        averaged(
          use,
          ({ soc, kelvin }) =>
            1.2571e-5 * Math.exp((-17126 / GAS) * (1 / kelvin - 1 / REFERENCE)) * (2.8575 * (soc - 0.5) ** 3 + 0.60225),
        ),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.5 },
      grows: { with: 'efc', per: 1 },
      rate: ({ dod, meanC }) => ((0.063 * meanC + 0.0971) * (4.0253 * (dod - 0.6) ** 3 + 1.0923)) / 100,
    },
  ],
  resistance: [
    {
      name: 'calendar',
      law: { law: 'power', p: 1 },
      grows: { with: 'days', per: 1 / 86_400 },
      // The cube is what BLAST-Lite computes; the paper may have meant a square.
      rate: (use) =>
        averaged(
          use,
          ({ soc, kelvin }) =>
            3.4194e-10 *
            Math.exp((-71827 / GAS) * (1 / kelvin - 1 / REFERENCE)) *
            (-3.3903 * (soc - 0.5) ** 3 + 1.5604),
        ),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 1 },
      grows: { with: 'efc', per: 100 },
      rate: ({ dod, meanC }) => (-0.002 * meanC + 0.0021) * (6.8477 * (dod - 0.5) ** 3 + 0.9182),
    },
  ],
  valid: { celsius: [20, 40], chargeC: 1, dischargeC: 1 },
  silent: {
    en: 'how cycling depends on temperature; knees',
    zh: '循环衰减与温度的关系、拐点',
  },
};
