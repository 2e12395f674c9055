export const organisations = {
  title: '组织',
  note: '参与网络的运营商、电池银行、车企等。各组织自行邀请成员。',
  id: '编号',
  idSays: '简短、不含空格，例如 op-pearl；将写入账簿，不可更改。',
  name: '名称',
  kind: '类型',
  register: '登记组织',
  registerSays: '登记后请在“成员”页邀请其首位管理员。',
  registered: '{{name}} 已登记。请接着在“成员”页邀请其首位管理员。',
};
