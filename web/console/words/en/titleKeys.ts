export const titleKeys = {
  title: 'Title keys',
  note: 'With which keys organisations sign what they agree to about their packs: transfers, liens, votes, hand-overs.',
  empty: 'No organisation has a key yet: none can sign about its packs.',
  party: 'Organisation',
  state: 'State',
  counts: 'Counts',
  over: 'Ended',
  key: 'Public key',
  since: 'Since',
  until: 'Ended at',
  register: 'Register a key',
  registerSays:
    'Whoever has the secret half signs for the organisation. Registering and ending are entries of the record, for everybody to see.',
  make: 'Make a new key and save its file',
  makeSays:
    'Made in this browser. The file is the secret half: keep it safe, it is sent nowhere and cannot be had again.',
  made: {
    saved: '{{file}} was handed to you. Its public half stands below: register it.',
    'no-ed25519': 'This browser cannot make Ed25519 keys. Use another, or packloop title key.',
  },
  publicKey: 'Public key (name+id+key)',
  registered: '{{party}} signs with this key from now on.',
  end: 'End',
  endSays:
    'Nothing that this key of {{party}} signs counts from now on; what it signed before stands. This cannot be undone.',
  ended: 'The key is ended.',
};
