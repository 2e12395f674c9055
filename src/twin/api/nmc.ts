// Ageing of large NMC cells with graphite anodes, as cars have them.
import type { AgeingModel } from './model.ts';
import { averaged } from './use.ts';

/** Temperature over 35 °C and anode potential over that at half charge, as these fits have them. */
export const over35 = (kelvin: number): number => kelvin / 308.15;
export const overHalf = (anodeV: number): number => anodeV / 0.123;

const large = {
  chemistry: 'NMC',
  source: 'doi 10.1016/j.est.2023.109042, as fitted in BLAST-Lite (BSD-3, Alliance for Sustainable Energy)',
  silent: {
    en: 'charging faster than 0.3 C at 10 °C and below; knees',
    zh: '10 °C 及以下时超过 0.3 C 的充电、拐点',
  },
} as const;

export const nmc75a: AgeingModel = {
  ...large,
  id: 'nmc-75a',
  name: 'NMC 75 Ah, cell A',
  capacityAh: 75,
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.578 },
      grows: { with: 'days', per: 1e3 },
      rate: (use) =>
        averaged(use, (at) => 8.71e-7 * Math.exp((10 * over35(at.kelvin) ** 3) / overHalf(at.anodeV) ** (1 / 3))),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 1.11 },
      grows: { with: 'efc', per: 1e4 },
      rate: (use) =>
        averaged(use, ({ kelvin }) => {
          const t = over35(kelvin);
          const depth = use.dod ** 0.5;
          return Math.abs(
            0.0267 +
              1.64 * t ** 3 * depth +
              0.011 * Math.exp(use.meanC ** 2 / t ** 0.5) -
              0.44 * Math.exp(depth * t ** 2 * use.meanC ** 0.5),
          );
        }),
    },
  ],
  valid: { celsius: [10, 45], chargeC: 2, dischargeC: 2 },
};

export const nmc50b1: AgeingModel = {
  ...large,
  id: 'nmc-50b1',
  name: 'NMC 50 Ah, cell B1',
  capacityAh: 50,
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.708 },
      grows: { with: 'days', per: 1e4 },
      rate: (use) =>
        averaged(use, (at) => 36.2 * Math.exp((-4.4 * overHalf(at.anodeV) ** (1 / 3)) / over35(at.kelvin) ** 3)),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.467 },
      grows: { with: 'efc', per: 1e5 },
      rate: (use) =>
        averaged(use, ({ kelvin }) => 0.844 * (use.dod ** 2 * over35(kelvin) ** 3 * use.meanC ** 0.5) ** 0.458),
    },
  ],
  valid: { celsius: [10, 45], chargeC: 1.75, dischargeC: 1.75 },
};

export const nmc50b2: AgeingModel = {
  ...large,
  id: 'nmc-50b2',
  name: 'NMC 50 Ah, cell B2',
  capacityAh: 50,
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.584 },
      grows: { with: 'days', per: 1e4 },
      rate: (use) =>
        averaged(use, (at) => 12 * Math.exp((-3.91 * overHalf(at.anodeV) ** (1 / 3)) / over35(at.kelvin) ** 3)),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.907 },
      grows: { with: 'efc', per: 1e4 },
      rate: (use) =>
        averaged(use, ({ kelvin }) => {
          const t = over35(kelvin);
          const pace = use.meanC ** 0.5;
          return (
            2.2e9 *
            ((use.dod * pace) / t ** 3) ** 11.9 *
            Math.exp((-35.7 * use.dod * pace) / t ** 2) *
            Math.exp((13.7 * use.dod ** 2 * use.meanC) / t ** 3)
          );
        }),
    },
  ],
  valid: { celsius: [10, 45], chargeC: 1.75, dischargeC: 1.75 },
};

/** Kokam's power cell: the one model with a knee of its own, when places for lithium run out before lithium does. */
export const nmcKokam: AgeingModel = {
  id: 'nmc-kokam',
  name: 'NMC111 Kokam 75 Ah',
  chemistry: 'NMC',
  capacityAh: 75,
  source: 'Smith 2017, American Control Conference, doi 10.23919/ACC.2017.7963578, as in BLAST-Lite (BSD-3)',
  losses: [
    {
      name: 'calendar',
      law: { law: 'power', p: 0.357 },
      grows: { with: 'days', per: 1 },
      rate: (use) => averaged(use, kokamCalendar),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.778 },
      grows: { with: 'efc', per: 1 },
      rate: (use) => kokamCycling(use),
    },
    {
      name: 'active material',
      law: { law: 'sigmoid' },
      grows: { with: 'efc', per: 1 },
      rate: (use) => {
        const meanSoc = averaged(use, (at) => at.soc);
        const life = averaged(use, ({ kelvin }) => 1e4 + 153 * (kelvin - 273.15 - 55) * use.dod * (meanSoc / 0.6));
        return { limit: 1, k: 1 / Math.max(life, 100), p: 10 }; // far below freezing the fit goes through nothing
      },
      competes: { from: 1.01 },
    },
  ],
  resistance: [
    {
      name: 'calendar',
      law: { law: 'power', p: 1.25 },
      grows: { with: 'days', per: 1 },
      rate: (use) => 0.057 * averaged(use, kokamCalendar),
    },
    {
      name: 'cycling',
      law: { law: 'power', p: 0.712 },
      grows: { with: 'efc', per: 1 },
      rate: (use) => 4.87 * kokamCycling(use),
    },
  ],
  valid: { celsius: [0, 55], chargeC: 1, dischargeC: 1 },
  silent: {
    en: 'how fast it is charged',
    zh: '充电速度',
  },
};

function kokamCalendar({ kelvin, anodeV }: { kelvin: number; anodeV: number }): number {
  const t = over35(kelvin);
  return 2.66e7 * Math.exp(-17.8 / t) * Math.exp((-5.21 * overHalf(anodeV)) / t);
}

const kokamCycling = (use: Parameters<typeof averaged>[0]): number =>
  averaged(use, ({ kelvin }) => 3800 * Math.exp(-18.4 / over35(kelvin)) * Math.exp(1.04 * Math.exp(use.dod ** 2)));
