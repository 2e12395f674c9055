export const vehicles = {
  title: '车辆',
  vin: '车辆识别代号',
  plate: '车牌',
  model: '车型',
  firmware: '固件',
  drivers: '司机',
  packs: '车上电池',
  noPack: '账面上没有',
};
