export const invitation = {
  title: 'You are invited',
  says: '{{party}} invites you as {{role}}.',
  void: 'This invitation was used, taken back, or is over. Ask for another.',
  accept: 'Make the account and accept',
  acceptAs: 'Accept as {{email}}',
};
