// Clauses in the reader's language. The server speaks English; what we have no words for stands as it came. Pure.
export interface ClauseText {
  /** `<standard> <clause> <what it is about>`. */
  readonly id: string;
  readonly says: string;
}

const chinese: Readonly<Record<string, string>> = {
  outline: '外形尺寸一致（QC/T 1204.4-2024 表 1）',
  'fixing-position': '固定点与车辆一致（各轴 ±2 mm）',
  'pack-mass': '电池包质量不超过车辆的设计',
  'common-platform': '通用平台车辆只使用通用平台电池包',
  'electrical-interface': '电气接口相同',
  'electrical-position': '电气接口位置与车辆一致（各轴 ±2 mm）',
  voltage: '电池包电压在车辆电压窗口之内',
  matings: '连接器仍有剩余插拔次数',
  'cooling-interface': '冷却接口相同',
  'cooling-position': '冷却接口位置与车辆一致（各轴 ±2 mm）',
  lock: '换电机构相同',
  'bms-protocol': '电池包与车辆使用同一通信协议',
  'pack-firmware': '电池包固件不低于车辆要求',
  'vehicle-firmware': '车辆固件支持该型号电池包',
  'station-firmware': '站点固件支持该型号电池包',
  family: '站点的仓位与机器人适用该系列电池包',
  'swap-profile': '工位的换电方式与车辆一致',
  wheelbase: '车辆轴距适合工位',
  lift: '电池包质量不超过换电设备的承载能力',
  bay: '工位可用',
  'swap-time': '换电用时不应超过规定',
  'known-model': '电池包型号在目录中',
  'profile-in-force': '有生效的标准配置',
  quarantine: '电池包未被隔离',
  recall: '电池包未被召回',
  age: '电池包未超过其型号的使用年限',
  'leak-test': '最近一次气密测试合格',
  health: '电池包仍有健康度',
  'second-use': '已编码为梯次利用的电池包不再装车',
  chemistry: '车辆获准使用该化学体系',
  'block-count': '车辆使用这么多块电池包',
  'same-pack-twice': '一组中没有重复的电池包',
  'set-chemistry': '各块化学体系相同',
  'set-firmware': '各块固件相同',
  'set-soc': '各块 SoC 相差在限值之内',
  'set-soh': '各块 SoH 相差在限值之内',
};

const phrases: readonly (readonly [RegExp, string])[] = [
  [/^at most (.+)$/, '不超过 $1'],
  [/^at least (.+)$/, '不低于 $1'],
  [/^below (.+)$/, '低于 $1'],
  [/^more than (.+)$/, '大于 $1'],
  [/^one of (.+)$/, '$1 之一'],
  [/^(.+) within table 1$/, '$1，按表 1 公差'],
  [/^within (.+) to (.+)$/, '在 $1 至 $2 之内'],
  [/^station (\S+), bay (\S+)$/, '站点 $1，工位 $2'],
  [/^bay (\d+) is out of service$/, '$1 号工位停用'],
  [/^(\d+) matings$/, '$1 次'],
  [/^(\d+) packs$/, '$1 块'],
  [/^made on (\S+)$/, '生产于 $1'],
  [/^before today and less than (\d+) years ago$/, '早于今日且不足 $1 年'],
  [/^([\d.]+) points apart$/, '相差 $1 个百分点'],
  [/^in quarantine$/, '隔离中'],
  [/^released by a technician$/, '经技术人员放行'],
  [/^recalled$/, '已召回'],
  [/^no open recall$/, '无未解除的召回'],
  [/^a passed leak test$/, '气密测试合格'],
  [/^an original code$/, '原始编码'],
  [/^different packs$/, '各不相同'],
  [/^one chemistry$/, '同一化学体系'],
  [/^one version$/, '同一版本'],
  [/^in service$/, '可用'],
  [/^no wheelbase known$/, '轴距未知'],
  [/^no network entry on file$/, '无入网记录'],
  [/^a pack entered into the common platform$/, '已进入通用平台的电池包'],
  [/^a model of the catalogue$/, '目录中的型号'],
  [/^a profile for the vehicle class$/, '适用该车辆类别的配置'],
  [/^(.+) to (.+)$/, '$1 至 $2'],
];

/** What a clause is about, as its id ends: `outline`. */
const aboutOf = (id: string): string => id.slice(id.lastIndexOf(' ') + 1);

export interface Said {
  readonly text: string;
  readonly lang: 'zh-CN' | 'en';
}

/** What the clause demands. */
export function clauseInWords({ id, says }: ClauseText, language: string): Said {
  const text = language === 'en' ? undefined : chinese[aboutOf(id)];
  return text === undefined ? { text: says, lang: 'en' } : { text, lang: 'zh-CN' };
}

/** What was measured or is required: a value, with the few words around it. */
export function valueInWords(value: string, language: string): string {
  if (language === 'en') return value;
  for (const [pattern, words] of phrases) if (pattern.test(value)) return value.replace(pattern, words);
  return value;
}
