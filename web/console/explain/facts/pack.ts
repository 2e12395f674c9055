import type { Facts } from '../fact.ts';

const list = 'GET /v1/packs';
const counts = 'GET /v1/packs/counts';
const story = 'GET /v1/packs/:code/story';
const percent = { zh: '百分比', en: 'percent' };
const fen = { zh: '分，显示为元', en: 'fen, shown as yuan' };

/** What is counted and reckoned of packs. */
export const pack = {
  'pack.counts': {
    title: { zh: '各状态数量', en: 'Packs in each state' },
    words: {
      zh: '满足其他筛选条件的电池包，按状态计数：仓内有电流入为充电中；SoC 不低于 80 % 且未隔离、未召回为可用；车辆持有为在途；组织持有为库存；不在网内为网外。',
      en: 'Packs that pass the other filters, by state: charging when energy flows into its slot; ready when it stands in a slot with SoC of at least 80 %, neither in quarantine nor recalled; on the road when a vehicle has it; stored when an organisation has it; outside when nobody in the network does.',
    },
    formula: 'Σ 1 over packs, grouped by state',
    unit: { zh: '个', en: 'packs' },
    source: counts,
  },
  'pack.soc': {
    title: { zh: '荷电状态', en: 'State of charge' },
    words: {
      zh: '电池包所在仓位的最近上报值；若最近一次交接更新，则取交接时的值。',
      en: 'As its slot reported it last; or as the last hand-over saw it, if that is newer.',
    },
    formula: 'newest(slot.soc, move.soc)',
    unit: percent,
    source: list,
  },
  'pack.soh': {
    title: { zh: '健康度', en: 'State of health' },
    words: {
      zh: '站点上报的原值（仓位或最近一次交接，取较新者），没有误差区间；本平台自己的估算另列。',
      en: 'As the station reported it, at its slot or at the last hand-over, whichever is newer, and without a band; our own estimate stands beside it.',
    },
    formula: 'newest(slot.soh, move.soh)',
    unit: percent,
    source: list,
  },
  'pack.sohEstimated': {
    title: { zh: '估算健康度', en: 'Estimated state of health' },
    words: {
      zh: '由仓内充电的电压、电流和温度逐点跟踪等效电路得到容量，起点为上一次估算；最弱电芯决定整包。区间对十分之九的电池包包含真实值，其宽度由模拟电池包标定，尚未用实测容量验证。',
      en: 'The capacity that an equivalent circuit needs to follow voltage, current and temperature of charges in slots, reading by reading, beginning with the estimate before; the weakest cell counts. The band holds the truth for nine of ten packs; its width comes from simulated packs, and no real capacity test has confirmed it yet.',
    },
    formula: 'EKF(soc, V₁, Q, R | U, I, T); SoH = Q / Q_plate − Δ_weakest; ± 1.645 · √(σ² + bias²)',
    unit: percent,
    source: story,
  },
  'pack.ohms': {
    title: { zh: '内阻', en: 'Resistance' },
    words: {
      zh: '同一跟踪得到的内阻，换算至 25 °C，与新包之比。',
      en: 'The resistance of the same reckoning at 25 °C, over that of a new pack.',
    },
    formula: 'R₂₅ / R₂₅,new',
    unit: { zh: '倍', en: 'times' },
    source: story,
  },
  'pack.sohTested': {
    title: { zh: '健康度（容量检测）', en: 'SoH by capacity test' },
    words: {
      zh: '剩余容量检测（参照 GB/T 34015）中连续三次一致的放电电量的均值，与新包容量之比；区间由三次的离散和电表误差（假定）得出。',
      en: 'The mean of three discharges in a row that agree in a residual capacity test (after GB/T 34015), over what the pack held when new; the band comes from their scatter and the meter (assumed).',
    },
    formula: 'mean(E₁, E₂, E₃) / E_new',
    unit: { zh: '%', en: '%' },
    source: story,
  },
  'pack.remainingLife': {
    title: { zh: '剩余寿命', en: 'Remaining life' },
    words: {
      zh: '按该化学体系的老化模型，以该包自身估算得出的衰减快慢推算，至健康度 80 % 为止，假定以后的使用强度不变、气候温和。模型不含拐点：突然加速衰减的电池包会更早到期。',
      en: 'By the ageing model of its chemistry, at the pace that its own estimates have shown, until 80 %, if it is used as it was, in a mild climate (assumed). No model foresees a knee: a pack that suddenly fades faster ends earlier.',
    },
    formula: 't(scale · loss(t) = 20 %) − age; scale = Bayes(1 ± 0.15, estimates)',
    unit: { zh: '年', en: 'years' },
    source: story,
  },
  'pack.usable': {
    title: { zh: '可用电量', en: 'Usable energy' },
    words: {
      zh: '初始容量 × SoH × SoC，向下取整，不向任何人多承诺。',
      en: 'Capacity when new × SoH × SoC, rounded down, so that nobody is promised too much.',
    },
    formula: '⌊capacityWh × SoH × SoC / 10 000⌋',
    unit: { zh: '瓦时', en: 'Wh' },
    source: list,
  },
  'pack.efc': {
    title: { zh: '等效循环次数', en: 'Equivalent full cycles' },
    words: {
      zh: '登记时给出的值，加上此后每次换下时车辆所用电量除以初始容量。',
      en: 'The value at its registration plus, at each return since, the energy that the vehicle used over the capacity when new.',
    },
    formula: 'efc₀ + Σ used Wh / capacityWh',
    unit: { zh: '次', en: 'cycles' },
    source: story,
  },
  'pack.driven': {
    title: { zh: '车辆用电量', en: 'Energy that vehicles took' },
    words: {
      zh: '每次换上时的电量减去下一次换下时的电量之和，单次不低于 0；只计本网络内的交接。',
      en: 'Its energy each time it was handed out less its energy when it came back, never below 0 a pair; only hand-overs in this network count.',
    },
    formula: 'Σ max(0, Wh given − Wh returned)',
    unit: { zh: '瓦时', en: 'Wh' },
    source: story,
  },
  'pack.matings': {
    title: { zh: '插接次数', en: 'Matings of the coupler' },
    words: {
      zh: '登记时给出的值，加上此后每次换出各一次。',
      en: 'The value at its registration plus one for each time since that it was handed out, which couples it to a vehicle.',
    },
    formula: 'matings₀ + |{ move : out }|',
    unit: { zh: '次', en: 'times' },
    source: story,
  },
  'pack.given': {
    title: { zh: '换出次数', en: 'Times handed out' },
    words: {
      zh: '站点在换电中把它交给车辆的次数；只计本网络内最近 5000 次交接。',
      en: 'How often a station handed it to a vehicle in a swap; only hand-overs in this network count, at most the last 5,000.',
    },
    formula: '|{ move : out }|',
    unit: { zh: '次', en: 'times' },
    source: story,
  },
  'pack.share': {
    title: { zh: '份额', en: 'Share' },
    words: {
      zh: '权属账户余额（百万分之几）。全部份额合计 100 %。',
      en: 'The balance of the title account in millionths. All shares add up to 100 %.',
    },
    formula: 'millionths / 10 000',
    unit: percent,
    source: story,
  },
  'pack.earned': {
    title: { zh: '持有方所得', en: 'Earned by its owners' },
    words: {
      zh: '换出该电池包的已结算换电中，持有方所得服务费的份额；一次换电有多块电池时按容量 × 权属分配，与账单分配方式相同。按当前权属计算，最多计最近 5000 次。',
      en: 'Of the settled swaps in which it was handed out, the owners’ part of the service fee; where a swap gave several packs, by capacity × title, as the bill was divided. By title as it stands now; at most the last 5,000 swaps.',
    },
    formula: 'Σ divide(bill)[owners of this pack]',
    unit: fen,
    source: story,
  },
  'pack.billed': {
    title: { zh: '相关换电账单', en: 'Bills of these swaps' },
    words: {
      zh: '换出该电池包的已结算换电的账单全额，含运营商份额与电费。',
      en: 'The whole bills of the settled swaps in which it was handed out, with the operator’s part and the electricity.',
    },
    formula: 'Σ bill.total',
    unit: fen,
    source: story,
  },
} as const satisfies Facts;
