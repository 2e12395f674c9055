export const vehicles = {
  title: 'Vehicles',
  vin: 'VIN',
  plate: 'Plate',
  model: 'Model',
  firmware: 'Firmware',
  drivers: 'Drivers',
  packs: 'Packs in it',
  noPack: 'none by the books',
};
