export const organisations = {
  title: 'Organisations',
  note: 'Operators, banks, makers and the others that take part. Each invites its own people.',
  id: 'Id',
  idSays: 'Short, without blanks, such as op-pearl; it stands in the books and never changes.',
  name: 'Name',
  kind: 'Kind',
  register: 'Register an organisation',
  registerSays: 'Then invite its first administrator on the page of people.',
  registered: '{{name}} is registered. Invite its first administrator next, on the page of people.',
};
