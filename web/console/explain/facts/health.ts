import type { Facts } from '../fact.ts';

const grades = 'GET /v1/packs/:code/grades';
const test = 'GET /v1/packs/:code/capacity-test';
const risk = 'GET /v1/packs/:code/risk';
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
  'pack.risk': {
    title: { zh: '早期预警', en: 'Early warning' },
    words: {
      zh: '每次充电与静置后，将各单体、各探头与整包的数据同其自身以往及相邻单体比较。某一偏离在三次中出现两次，或多次累计，超出限值即为一条理由。限值来自模拟健康电池的误报预算，每包每年不超过 0.05 次查看、0.005 次停用。结论一直保留，直到有人查看并解除。',
      en: 'After each charge and each rest, what cells, probes and the pack show is held against what they showed before and against their neighbours. What is off in two of three, or adds up over many, beyond its limit is a reason. The limits keep false alarms of simulated healthy packs to 0.05 looks and 0.005 stops for a pack in a year. It stands until somebody has looked and clears it.',
    },
    formula: 'max over detectors (two of three > limit, or CUSUM > limit)',
    unit: { zh: '级别', en: 'a level' },
    source: risk,
  },
  'pack.consistency': {
    title: { zh: '单体间差异', en: 'How far cells lie apart' },
    words: {
      zh: '静置半小时后，由电压曲线换算的最强与最弱单体电量之差；曲线平缓处无法判读。',
      en: 'The charge of the strongest cell less that of the weakest, read off the voltage curve after half an hour at rest; nothing where the curve is flat.',
    },
    formula: 'max SoC(cell) − min SoC(cell)',
    unit: { zh: '百分点', en: 'percent points' },
    source: risk,
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
