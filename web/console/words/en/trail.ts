export const trail = {
  title: 'Audit trail',
  note: 'Every change that somebody made or tried to make, newest first. Nothing here can be changed or removed.',
  at: 'When',
  caller: 'Who',
  route: 'What',
  subject: 'About',
  outcome: 'Outcome',
  is: { done: 'Done', refused: 'Refused', failed: 'Failed' },
  code: 'Code',
  party: 'Organisation',
  request: 'Request id',
};
