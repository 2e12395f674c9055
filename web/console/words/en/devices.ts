export const devices = {
  title: 'Devices',
  station: 'Station',
  id: 'Id',
  state: 'State',
  online: 'Online',
  offline: 'Offline',
  lastSeen: 'Last seen',
  never: 'never',
  slots: 'Slots',
  ready: 'Packs ready',
};
