export const invitation = {
  title: '邀请',
  says: '{{party}} 邀请您担任{{role}}。',
  void: '此邀请已被使用、撤回或过期，请重新索取。',
  accept: '创建账户并接受',
  acceptAs: '以 {{email}} 接受',
};
