export const devices = {
  title: '设备',
  station: '站点',
  id: '编号',
  state: '状态',
  online: '在线',
  offline: '离线',
  lastSeen: '最近在线',
  never: '从未',
  slots: '仓位',
  ready: '可用电池',
};
