// The province-level units by the first two digits of their code (GB/T 2260), and as ISO 3166-2 writes them.
export interface Province {
  readonly iso: string;
  readonly zh: string;
  readonly en: string;
}

const province = (iso: string, zh: string, en: string): Province => ({ iso, zh, en });

export const provinces: Readonly<Record<string, Province>> = {
  11: province('BJ', '北京', 'Beijing'),
  12: province('TJ', '天津', 'Tianjin'),
  13: province('HE', '河北', 'Hebei'),
  14: province('SX', '山西', 'Shanxi'),
  15: province('NM', '内蒙古', 'Inner Mongolia'),
  21: province('LN', '辽宁', 'Liaoning'),
  22: province('JL', '吉林', 'Jilin'),
  23: province('HL', '黑龙江', 'Heilongjiang'),
  31: province('SH', '上海', 'Shanghai'),
  32: province('JS', '江苏', 'Jiangsu'),
  33: province('ZJ', '浙江', 'Zhejiang'),
  34: province('AH', '安徽', 'Anhui'),
  35: province('FJ', '福建', 'Fujian'),
  36: province('JX', '江西', 'Jiangxi'),
  37: province('SD', '山东', 'Shandong'),
  41: province('HA', '河南', 'Henan'),
  42: province('HB', '湖北', 'Hubei'),
  43: province('HN', '湖南', 'Hunan'),
  44: province('GD', '广东', 'Guangdong'),
  45: province('GX', '广西', 'Guangxi'),
  46: province('HI', '海南', 'Hainan'),
  50: province('CQ', '重庆', 'Chongqing'),
  51: province('SC', '四川', 'Sichuan'),
  52: province('GZ', '贵州', 'Guizhou'),
  53: province('YN', '云南', 'Yunnan'),
  54: province('XZ', '西藏', 'Tibet'),
  61: province('SN', '陕西', 'Shaanxi'),
  62: province('GS', '甘肃', 'Gansu'),
  63: province('QH', '青海', 'Qinghai'),
  64: province('NX', '宁夏', 'Ningxia'),
  65: province('XJ', '新疆', 'Xinjiang'),
  71: province('TW', '台湾', 'Taiwan'),
  81: province('HK', '香港', 'Hong Kong'),
  82: province('MO', '澳门', 'Macao'),
};

/** Where coordinates are shifted by law: all but these. */
export const unshifted: ReadonlySet<string> = new Set(['71', '81', '82']);
