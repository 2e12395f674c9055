export const anomalies = {
  title: '异常',
  note: '运营人员需要关注的事项，按类型和站点归并。',
  within: '时间范围',
  hours: '{{n}} 小时',
  days: '{{n}} 天',
  what: '发生了什么',
  station: '站点',
  elsewhere: '非本网络站点',
  times: '次数',
  timesMany: '{{many}} 次',
  since: '开始于',
  last: '最近一次',
  weight: '程度',
  is: { act: '立即处理', look: '需要查看', know: '供了解' },
  sentence: '服务器原文',
  remedy: '处理办法',
  lines: '发生时间',
  line: '{{from}} 至 {{to}}',
  facts: '详情',
  links: '相关',
  swap: '换电 {{id}}',
  pack: '电池 {{code}}',
  noFacts: '详情仅对已登录者显示。',
  empty: '没有需要处理的异常。',
  more: '仅显示最新的 {{many}} 条；缩短时间范围可查看全部。',
  close: '关闭',
  kind: {
    'bad-credentials': {
      title: '凭证错误',
      remedy:
        '站点出示的名称、密码或证书有误，已被拒绝。核对站点设置；密码遗失则重新生成。若非本网络站点，则有人在尝试接入：请封禁其地址。',
    },
    'unknown-station': { title: '未知站点', remedy: '有设备以未登记的名称请求连接。请登记该站点，或更正其连接地址。' },
    'wrong-profile': {
      title: '安全等级不符',
      remedy: '站点使用的安全等级与登记不符。请改为一致；等级 2、3 须使用 TLS。',
    },
    'admission-void': {
      title: '已断开：凭证失效',
      remedy: '站点密码已更新或登记已终止。在站点设置新密码后会自动重连。',
    },
    unreadable: { title: '报文无法解析', remedy: '站点发送的不是 OCPP-J 帧。请将详情中的报文交给厂商。' },
    oversized: { title: '报文过长', remedy: '单条报文超过可接收的长度，须由厂商拆分。' },
    'bad-socket': { title: 'WebSocket 异常', remedy: '收到的不是文本或不是 WebSocket。先检查中间代理，再联系厂商。' },
    'rate-limit': { title: '报文被限速', remedy: '站点发送过快，部分报文暂被拒绝。若持续出现，请联系厂商。' },
    flood: {
      title: '报文过多',
      remedy: '站点未降低速率，连接已被断开，随后会自动重连。若反复出现，其程序可能陷入循环：请重启站点并联系厂商。',
    },
    'late-answer': { title: '应答过迟', remedy: '停止等待后才收到应答。请检查站点网络；重试情况见指令记录。' },
    'unknown-answer': {
      title: '无对应的应答',
      remedy: '站点应答了平台未曾发出的请求，常见于重启之后。若反复出现，请联系厂商。',
    },
    'bad-answer': { title: '应答不符合规范', remedy: '站点的应答不符合 OCPP 规范，未被采用。请将详情交给厂商。' },
    'answer-refused': { title: '平台应答未被理解', remedy: '站点无法使用平台的应答。请核对 OCPP 版本，并附报文反馈。' },
    crash: { title: '平台内部错误', remedy: '一条报文触发了平台错误，站点会重发。请附服务器日志反馈。' },
    refused: { title: '报文被拒绝', remedy: '站点所报不符合 OCPP 或账本，未被采用。原文指明了字段，须由厂商修正。' },
    unsupported: { title: '不支持的报文', remedy: '站点使用了平台不支持的报文，没有数据丢失。如有需要请提出。' },
    'many-lines': { title: '短时大量异常', remedy: '异常过多，无法逐条记录。请先检查网络和服务器日志。' },
    'security-event': { title: '安全事件', remedy: '站点上报了 OCPP 定义的严重安全事件。现场核查之前，按被篡改处理。' },
    firmware: { title: '固件升级失败', remedy: '站点仍运行旧固件。检查升级包地址和签名，待站点空闲时重试。' },
    'log-upload': { title: '日志上传失败', remedy: '站点未能上传日志。检查所给地址和站点网络。' },
    'register-backwards': {
      title: '电能表读数倒退',
      remedy: '电表读数小于先前值。电量只按最高读数入账；请检修该仓电表。',
    },
    'transaction-again': {
      title: '充电编号重复使用',
      remedy: '站点用已结束的编号开始了新的充电，两次均已入账；请告知固件厂商。',
    },
    'transaction-unclear': {
      title: '充电新旧不明',
      remedy: '编号刚结束又上报开始，已按旧报文搁置；请核对该仓电表与已入账电量。',
    },
    'events-missing': {
      title: '充电事件缺失',
      remedy: '充电结束后仍有报文未到。电量按电表读数入账；若不反复出现，无需处理。',
    },
    'unknown-slot': { title: '未知仓位充电', remedy: '站点在站型没有的仓位充电。请核对站型与实际站点。' },
    'swap-step-unknown': {
      title: '未知换电步骤',
      remedy: '站点上报了未知的步骤或检查，未被采用。请核对固件与平台扩展。',
    },
    'swap-unknown': {
      title: '未知换电的报告',
      remedy: '站点上报的换电不在进行中，常见于离线之后。请比对站点日志与换电列表。',
    },
    'orphan-pack': {
      title: '司机没有电池',
      remedy: '旧电池已入仓而新电池未换出，司机滞留在站。请联系站点，人工换出电池或归还旧电池。',
    },
    'thermal-runaway': {
      title: '热失控',
      remedy:
        '仓内电池热失控。已要求站点停止充电、封闭该仓并联动消防：请在站点命令中确认是否执行。疏散人员，联系消防，检查相邻电池。',
    },
    'log-contradicted': {
      title: '见证方记得另一段日志历史',
      remedy:
        '这是证据而非故障：现在的日志与此前已签署的历史不相承接。请查明数据库是否恢复过旧备份或被改动；保留数据库与见证方现状，查清之前不会有新的共同签署。',
    },
    'witness-silent': {
      title: '见证方未签署',
      remedy: '日志继续写入，对外公布的是签署数足够的最新检查点。请联系该见证方，并核对 LOG_POLICY 中的地址。',
    },
    'chain-differs': {
      title: '链上的日志历史与本网络不一致',
      remedy: '请保留两份记录，它们可证明出现过两种历史。请查明数据库是否恢复过旧备份；一致之前不再上链。',
    },
    'station-out-of-use': {
      title: '站点停用',
      remedy:
        '不再接受预约，已有预约已取消。确认安全后，在站点页“命令”中下发“更改可用状态”，整站设为 Operative。站点自报停用的，自报恢复也会开放。',
    },
    'reservation-cancelled': {
      title: '预约已取消',
      remedy: '司机到达之前站点已停用。冻结的金额与电池均已释放，请引导司机前往其他站点。',
    },
    'pack-stopped': {
      title: '早期预警停用电池',
      remedy: '其单体数据显示可能起火，电池已隔离。请取出检查；电池页说明是哪一单体及原因。确认正常后在该页解除风险。',
    },
    'pack-suspect': {
      title: '早期预警：请查看电池',
      remedy: '此电池出现变化，详见电池页。目前仍可换出。请尽快安排查看，并在该页解除风险。',
    },
    'pack-missing': {
      title: '电池包不在应在之处',
      remedy: '请派人到账面所记地点查看。确实找不到时，在“监管上报”页标记为丢失：此后不再换出，再次出现即报警。',
    },
    'handover-disputed': {
      title: '接收方不同意电池包的交接状态',
      remedy: '双方版本见该电池包页面的“交接”。在双方签署新的交接之前，保管方不变；请双方共同检查电池包。',
    },
    'lost-pack-seen': {
      title: '丢失的电池包再次出现',
      remedy: '该电池包已被扣留。请检查并查明由谁送来，然后在“监管上报”页登记已找到。',
    },
    'report-late': {
      title: '监管上报逾期',
      remedy: '“监管上报”页说明原因：平台无应答，或上报被退回。请更正被退回的上报。',
    },
    'probe-broken': {
      title: '电池温度探头损坏',
      remedy: '读数超出任何探头的范围：断线或短路，该读数已剔除。请检查探头、线缆与插头；在此之前仅由其他探头监测。',
    },
    'probes-differ': {
      title: '上报的温度探头数量与以前不同',
      remedy: '站点上报的此电池探头数量与以前不同，各数量分别跟踪。请检查电池线束与站点采集。',
    },
    'cells-differ': {
      title: '上报的单体数量与电池不符',
      remedy: '上报的电压数量与电池型号不符，无法对应单体，已剔除。请检查站点采集，并核对仓内电池是否与账面一致。',
    },
    'sample-wrong': { title: '电池采样不可能成立', remedy: '上报的电压或温度不可能成立，已剔除。请检查站点采集。' },
    'pack-fades': {
      title: '电池衰减过快',
      remedy: '此电池每次充电的容量损失大于同类，或衰减正在加速。请进行容量检测，检查同批次电池，并考虑转作储能。',
    },
    'pack-not-returned': {
      title: '电池未归还',
      remedy: '电池已换出而未归还旧电池。请联系司机；账本显示电池由该车保管。',
    },
    'checks-not-told': {
      title: '未上报安全检查',
      remedy: '电池已交换，但站点未上报检查结果。经人工检查之前，车辆不得驶离。',
    },
    'check-failed-late': { title: '安全检查延迟失败', remedy: '结算之后检查未通过，车辆可能已上路。请通知司机回站。' },
    'check-failed': { title: '安全检查未通过', remedy: '实测值超出限值。检查通过之前不予放行：请检修并重新检测。' },
    'released-against-block': {
      title: '被禁止后仍放行',
      remedy: '平台未放行而站点放走了车辆。请拦停车辆，并检查站点程序。',
    },
    'release-blocked': {
      title: '禁止放行',
      remedy: '检查未通过或换出了禁用电池，车辆停在工位。由技术人员检修后重新检测。',
    },
    'release-not-told': {
      title: '未上报驶离',
      remedy: '站点未上报车辆驶离，半小时后视为已驶离。若不反复出现，无需处理。',
    },
    'swap-aborted': {
      title: '站点中止换电',
      remedy: '站点自行结束了换电。若电池已移动，请确认两块电池的位置；原因见原文。',
    },
    aborted: { title: '站点中止换电', remedy: '站点自行结束了换电。若电池已移动，请确认两块电池的位置；原因见原文。' },
    unannounced: {
      title: '未经授权的换电',
      remedy: '站点未经平台授权即换电，常见于离线期间。已入账；请核实司机有权换电。',
    },
    'pack-counter-strange': {
      title: '电池计数不可信',
      remedy: '电池自身的计数（过热、过冷时长，深度放电次数）变小，或增长快于时间，未予采用。请读取其电控数据核查。',
    },
    'pack-unknown': { title: '未登记的电池', remedy: '出现未登记的电池，不会被换出。请读取铭牌并登记。' },
    'pack-already-here': { title: '电池账面已在本站', remedy: '入仓的电池在账面上从未离站。请盘点站点仓位。' },
    'pack-in-two-places': {
      title: '同一编码出现在两处',
      remedy: '同一编码出现在两座站点，可能被复制或误读。电池已隔离；请核对两处铭牌。',
    },
    'pack-from-elsewhere': { title: '他车电池', remedy: '电池由账面之外的车辆带来，已照实入账；如有必要请询问司机。' },
    'pack-not-here': { title: '账面不在本站的电池', remedy: '换出的电池账面上在别处。请盘点两座站点。' },
    'pack-from-another-slot': {
      title: '电池出自其他仓位',
      remedy: '电池实际所在仓位与站点上报不符。若反复出现，请盘点站点。',
    },
    'slot-was-taken': { title: '仓位账面已占用', remedy: '电池进入了账面上已有电池的仓位。请查看该仓并盘点站点。' },
    'slot-unknown': { title: '仓位不存在', remedy: '站点上报了站型没有的仓位。请核对站型与实际站点。' },
    'token-not-valid': {
      title: '凭证已失效',
      remedy: '司机发起后凭证被停用或过期，预留已释放。若属误操作，恢复凭证后请司机重新发起。',
    },
    'extra-pack-given': {
      title: '多换出了电池',
      remedy: '换出的电池多于预留，已随此次换电入账计费。请司机送回误取的电池。',
    },
    'packs-not-taken': { title: '电池未取走', remedy: '换出的电池少于换下的，司机可能缺少电池：请联系站点。' },
    'ended-by-itself': {
      title: '滞留的换电自行结束',
      remedy: '一天内无人处理，换电已自行结束，已移动的部分照实入账计费。请核实车辆和电池与账本一致。',
    },
    'number-reused': {
      title: '请求编号被重复使用',
      remedy: '站点再次使用了属于另一次换电的编号，常见于重启之后。较早的换电将不带编号继续；请查看两次换电。',
    },
    'numbers-differ': {
      title: '换出与换下数量不符',
      remedy: '司机换上的电池多于或少于带来的，已照实入账；请与司机处理差额。',
    },
    'pack-recoded': {
      title: '电池仍贴旧编码',
      remedy: '站点以梯次利用前的旧编码上报电池，已按新编码入账。请更换标签，且勿将其装车。',
    },
    'promise-withdrawn': {
      title: '预留改为其他电池',
      remedy: '原预留电池不得或无法换出。司机到站时会另选电池；有可用电池则无需处理。',
    },
    'clock-wrong': { title: '站点时钟有误', remedy: '站点上报的时间改按平台时钟入账。请校准站点时钟或其时间服务器。' },
    resolved: { title: '已人工处理', remedy: '此次换电已由人工结束，操作人与原因见存证记录。无需处理。' },
    'promise-judged-again': {
      title: '预留电池重新判定',
      remedy: '司机到站时，原预留电池已不得换出。已改选其他电池，或已告知司机原因，详见原文。',
    },
    'meter-impossible': {
      title: '电表读数不可能',
      remedy: '读数超出电表或该仓所能达到的范围，已搁置未入账；请检修该仓电表。',
    },
    'told-in-reverse': {
      title: '上报顺序颠倒',
      remedy: '站点先上报了较晚的换电，常见于离线之后。两次换电已按正确顺序入账；若不反复出现，无需处理。',
    },
    'forbidden-pack-given': { title: '禁用电池被换出', remedy: '不得上路的电池被换出。请拦停车辆，由司机送回站点。' },
    'promise-broken': {
      title: '预约电池被换给他人',
      remedy: '已预留的电池换给了别人。请联系预约的司机，如有其他电池则改用。',
    },
    'less-than-promised': { title: '电量低于承诺', remedy: '司机换到的电量低于承诺。账单只按实际电量计；可考虑补偿。' },
  },
};
