// The sentences of the invariants in Chinese, by the English ones they translate: a sentence that was changed since is
// shown in English rather than translated wrongly.
export const chinese: Readonly<Record<string, string>> = {
  'In every unit and asset, all that was debited was credited': '每一类别、每一标的，凡转出者皆已转入',
  'In every unit and asset, what is promised by some is promised to others':
    '每一类别、每一标的，一方承诺转出的即另一方待转入的',
  'The totals of every account are the sums of its transfers': '每个账户的合计等于其各笔转账之和',
  'The promised totals of every account are the sums of its open pending transfers':
    '每个账户的承诺合计等于其未了结承诺之和',
  'No account gives away more than it has': '任何账户转出的都不超过其所有',
  'A promise is posted, voided or expired at most once': '一项承诺至多入账、撤回或到期一次',
  'What resolves a promise names its accounts and no more than its amount':
    '了结承诺的转账，其账户与承诺一致，金额不超过承诺',
  'Linked transfers exist all together': '关联的转账要么全部存在，要么全不存在',
  'A transfer moves one unit of one asset between two accounts that exist':
    '一笔转账只在两个存在的账户之间转移同一类别的同一标的',
  'Who is said to have a pack now is who has it by the accounts': '账面所称的当前持有者，即账户中实际持有者',
  'Nothing is booked on a closed account': '已关闭的账户上没有记账',
  'No promise is open a quarter of an hour after its time': '没有承诺在到期一刻钟后仍未了结',
  'No entry about a subject is dated before the entry it follows': '同一对象的存证，后一条的时间不早于前一条',
  'A second-use code leads back to one original, and the original to one successor':
    '梯次利用编码对应唯一的原编码，原编码对应唯一的后继编码',
  'Nobody has pledged more of a pack than he owns': '任何一方质押的份额都不超过其所有',
  'Every transfer of a share that was signed is booked as it was signed, and no share moved otherwise':
    '每笔已签署的份额转让均照签署内容入账，且没有份额以其他方式转移',
  'How shares may not move is what the owners agreed on or voted last, or else what the pack entered with':
    '份额的转移限制，即各持有方最近一次约定或表决的内容，否则为入网时的设定',
  'What the other owners took of an offered share is what they signed for, and never more than was offered':
    '其他持有方从要约份额中认购的，即其所签署的，且不超过要约份额',
  'What was paid for a share by the books is what the record of its act says, and nothing else was':
    '账面上为份额支付的价款，即其行为存证所载，且别无其他支付',
  'Every key that signs title, or did, is in the record of the organisation it speaks for, and when it ended':
    '每个签署权属的密钥（含已停用的）及其停用，均在所属组织的存证中',
  'Every signed act about the title of a pack is in its record once, as it was signed':
    '关于电池包权属的每项已签署行为，均照原文在其存证中恰有一条',
  'Every hand-over is kept under the hash of what was signed, and says of whom and of what it is':
    '每份交接都以所签文本的哈希保存，并与其双方和电池包一致',
  'What a receiver disputes was offered to him, of that very pack': '接收方提出异议的，正是就同一电池包向其发出的要约',
  'Every certificate of a hand-over moved the pack as both sides signed, and nothing moved by one that is not there':
    '每份交接证书均按双方所签移动了电池包，且没有无证书的交接移动',
  'From one organisation’s hands to another’s a pack goes by a certificate, or by a correction that says who and why':
    '电池包在两个组织之间只凭交接证书移动，或凭写明何人何故的更正',
  'Every certificate and every dispute of a hand-over is in the record of its pack once, as it was signed':
    '每份交接证书和每份异议，均照原文在其电池包的存证中恰有一条',
  'A quarantined pack says why': '被隔离的电池包都写明原因',
  'No pack is in two slots': '没有电池包同时在两个仓位',
  'Nothing charges in an empty slot': '空仓位不在充电',
  'At most one transaction is open in a slot': '一个仓位至多有一笔进行中的充电',
  'A slot that names a transaction names the one that is open in it': '仓位所指的充电就是其中正在进行的那一笔',
  'Of every transaction each event has arrived or is known to be missing': '每笔充电的各个事件要么已到达，要么已知缺失',
  'The energy of every ended charging is in the ledger, and never more than the register shows':
    '每笔已结束充电的电量都已入账，且不超过电表读数',
  'Every command that was sent is answered or given up within its time and a quarter of an hour':
    '每条已下发的命令在其时限加一刻钟内得到应答或被放弃',
  'A swap has an end if and only if its state is a last one': '换电有结束时间，当且仅当其处于终态',
  'A swap that was settled has one bill, whose lines add up to its total': '已结算的换电有一张账单，各项之和等于合计',
  'A released swap was settled first, and where other than as many packs went out as came in, it says so':
    '已放行的换电必先结算；换上与换下的数量不等时必有说明',
  'No vehicle was released while a safety check of its swap stood failed, unless an operator did it by hand or it was told later':
    '换电安全检查未通过时没有车辆被放行，除非由人工放行，或该检查结果在放行后才上报',
  'The packs that a swap returned and gave are the moves that were booked for it':
    '换电换下与换上的电池包，就是为其记账的移动',
  'A pack is promised only to a swap that is under way': '电池包只预留给进行中的换电',
  'No swap waits a quarter of an hour longer than its time': '没有换电在超时一刻钟后仍在等待',
  'A number of a station stands for one swap under way at the most': '站点的一个编号至多对应一次进行中的换电',
  'Every swap under way ends by itself some day, and with it whatever it holds':
    '每次进行中的换电终会自行结束，并释放其占用的一切',
  'No swap ended later than we heard of its end': '没有换电的结束时间晚于平台获知的时间',
  'A driver has asked for at most one swap under way in which no pack has moved':
    '每位司机至多发起一次进行中且尚未移动电池包的换电',
  'Every pack that entered the network is in exactly one place, and one that was re-coded in none':
    '每个入网的电池包恰好在一处，已重新编码的不在任何一处',
  'Nobody holds a pack that never entered the network': '没有人保管从未入网的电池包',
  'The shares in every registered pack add up to the whole, and in one that was re-coded to nothing':
    '每个已登记电池包的份额合计为全部，已重新编码的合计为零',
  'A pack that stands in a slot is in the custody of that station': '仓位中的电池包由该站点保管',
  'Energy of a swap moves only when its pack does, from and to the same holders':
    '换电的电量只随其电池包转移，转出转入方相同',
  'Every settled swap was charged exactly its bill, and no other swap was charged':
    '每次已结算的换电恰好收取其账单金额，其他换电未收费',
  'What operator and owners get of a swap adds up to what the driver pays': '运营商与持有方所得之和等于司机所付',
  'All that drivers paid for swaps has been handed on': '司机所付的换电费已全部转出',
  'Money is set aside only for swaps that are under way and not settled': '只为进行中且未结算的换电预留资金',
  'Money that a swap under way counts on is set aside': '进行中的换电所依赖的资金均已预留',
  'A pack promised in the ledger waits for a swap that is under way, and the other way round':
    '账上预留的电池包都在等待一次进行中的换电，反之亦然',
  'Every pack that changed hands in a swap changed custody with that very move, and none without a move':
    '换电中易手的电池包都随该次移动变更保管，没有移动则不变更',
  'The energy booked for each charging is what its register showed': '每笔充电入账的电量等于电表读数',
  'Every swap happens at a station of ours': '每次换电都发生在我们的站点',
  'Every move of a pack stands in the pack’s record once, and no move that never was':
    '电池包的每次移动在其存证中恰有一条，没有未曾发生的移动',
  'Every settled swap stands in the record once': '每次已结算的换电在存证中恰有一条',
  'Each estimate of a pack’s health is of a charge of that very pack': '每次健康度估算都属于该电池包自己的一次充电',
  'Each estimate of a pack’s health stands in the record, once': '每次健康度估算在存证中恰有一条',
  'A pack that early warning has stopped is in quarantine until somebody clears it':
    '被早期预警停用的电池包一直隔离，直到有人解除',
  'What stands against a pack by early warning is the last thing its record says of that':
    '早期预警对电池包的结论与其存证中最新一条一致',
  'What early warning knows of a pack that is not calm follows again from the sessions it was learnt from':
    '非平静电池包的预警状态可由所学习的各次充电重新得出',
  'Every entry that the log has passed stands in it, and none waits long for its place':
    '日志已读过的条目均已入列，没有条目长时间等待',
  'The log leads to its newest checkpoint, and every chain, seal and map of heads in it is as it must be':
    '日志可推得其最新检查点，其中的链、封签与头部映射均正确',
  'What the record says of an entry is what the log commits to': '存证条目的内容与日志中的承诺一致',
  'Every registered pack stands in the record from its entry on': '每个已登记的电池包自入网起即在存证中',
  'The newest estimate of each pack’s health follows again from what was stored of its charge':
    '每个电池包的最新健康度估算均可由该次充电的存档数据重新得出',
  'Every grade follows from its stored evidence by its policy, whoever decides again':
    '每个分级都可由所存证据按其规则重新得出，不论由谁重新判定',
  'Grades of a pack are counted without a gap, and none is dated before the one it follows':
    '每个电池包的分级连续编号，且不早于前一个',
  'Every grade of a pack stands in the pack’s record once, and no grade that never was':
    '电池包的每个分级在存证日志中恰有一条记录，且没有多余的记录',
  'A pack that is good for storage or recycling only, or is being tested, is in quarantine':
    '只适于储能或回收、或正在检测的电池包处于隔离状态',
  'No point of a fade curve is told of fewer than twenty packs': '衰减曲线的每个点都至少由二十个电池包得出',
  'What can be asked by plate is what a keeper allowed of that vehicle': '可按车牌查询的，都是该车保管人所同意的',
  'What is answered by plate is of a pack that has an answer by code, too': '按车牌的答复所涉电池包，均有按编码的答复',
  'Every report that was received has the receipt of the very text that was sent':
    '每个已接收的上报都有与所发内容一致的回执',
  'Every report that is not at its end is tried again within a day, or rejected and shown to somebody':
    '每个未完成的上报都会在一天内重试，或被退回并显示给处理人',
  'No report of a pack was received while an earlier one to the same platform still waits, but for corrected ones':
    '同一平台上，较早的上报仍在等待时，该电池包较晚的上报不会先被接收（更正后的除外）',
  'What a report says it is about is what it was made for': '上报内容所称对象与其登记对象一致',
  'Every fact that the national platform wants has exactly one report there, and no report is of no fact':
    '国家平台要求的每件事实恰有一个上报，且没有无事实的上报',
  'The chain that answers is the one the contracts were put on': '应答的链就是合约所部署的那条链',
  'The chain shows of every pack the shares of the register, as of now or of an act it has yet to follow':
    '链上每个电池包的份额与权属登记一致，或停在登记中尚待其跟上的某一步',
  'The events of the chain, replayed, lead to what stands there': '重放链上事件，所得即链上现状',
  'Every tree of the log that is anchored on the chain is one the log had': '锚定在链上的每棵日志树，都是日志曾有的',
  'On the chain nothing is frozen that the register knows nothing of, and its list has exactly those who owned a share':
    '链上没有登记所不知的冻结，其许可名单恰为曾持有份额者',
};
