export const trail = {
  title: '审计日志',
  note: '所有已执行或被拒绝的更改，最新在前。此处内容不可更改或删除。',
  at: '时间',
  caller: '操作者',
  route: '操作',
  subject: '对象',
  outcome: '结果',
  is: { done: '已执行', refused: '被拒绝', failed: '失败' },
  code: '代码',
  party: '组织',
  request: '请求编号',
};
