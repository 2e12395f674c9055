import type { Facts } from '../fact.ts';

const grades = 'GET /v1/packs/:code/grades';
const test = 'GET /v1/packs/:code/capacity-test';
const percent = { zh: '百分比', en: 'percent' };

/** What is estimated and measured of a pack's health, and what follows. */
export const health = {
  'pack.grade': {
    title: { zh: '分级', en: 'Grade' },
    words: {
      zh: '先看安全否决项，任何一项成立即回收或隔离待查。否则由 SoH 的 90 % 区间下限决定：达到车用或储能的限值即为该级；区间跨越限值则需检测；检测之后只看下限。已分级的电池包须越过限值加裕量才改变级别，且须有新的测量。',
      en: 'Safety vetoes first: any one means recycling or quarantine. Else the lower end of the 90 % interval of its SoH decides: what reaches the limit of a use is good for it; where the interval lies across a limit a test is due; after the test the lower end alone decides. A graded pack changes its grade only past the limit by a margin, and only by a new measurement.',
    },
    formula: 'veto ? out : lower ≥ limit ? use : upper ≥ limit ? test : next use',
    unit: { zh: '级别', en: 'a grade' },
    source: grades,
  },
  'pack.interval': {
    title: { zh: 'SoH 及其 90 % 区间', en: 'SoH with its interval of 90 %' },
    words: {
      zh: '分级所依据的估算或检测。真实值在 100 次中有 90 次落在区间内。',
      en: 'The estimate or test that the grade was decided from. In 90 of 100 cases the truth lies inside of the interval.',
    },
    formula: '[lower, upper] ∋ SoH, p = 0.9',
    unit: percent,
    source: grades,
  },
  'test.capacity': {
    title: { zh: '放电能量', en: 'Energy of a discharge' },
    words: {
      zh: '每轮以 1I 放电所放出的能量，由检测人员读取；旁边为占初始能量的百分比。',
      en: 'What each discharge at 1I gave, as the tester read it; beside it in percent of what the pack held when new.',
    },
    formula: 'Wh / rated Wh',
    unit: { zh: '瓦时', en: 'Wh' },
    source: test,
  },
  'test.result': {
    title: { zh: '检测结果', en: 'Result of the test' },
    words: {
      zh: '连续三次极差小于初始能量 3 % 的放电的平均值。区间由三次的离散程度（t 分布）与仪表误差（假定 1 个百分点）合成。',
      en: 'The mean of three consecutive discharges that lie within 3 % of the rated energy. The interval is made of their scatter (Student’s t) and of the meter’s error (assumed: 1 point).',
    },
    formula: 'mean(E₁, E₂, E₃) / E₀ ± √((2.92 s/√3)² + 1²)',
    unit: percent,
    source: test,
  },
} as const satisfies Facts;
