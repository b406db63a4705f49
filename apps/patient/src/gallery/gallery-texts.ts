import type { Choice } from '../components/field-kinds.ts'
import type { Step } from '../components/step.ts'

const nations: Choice[] = [
  { value: '01', label: '汉族' },
  { value: '02', label: '蒙古族' },
]
const steps: Step[] = [
  { id: 'a', title: '本人验证通过', explanation: '21:36', state: 'done' },
  { id: 'b', title: '在微信里点“确认收款”', explanation: '没有确认，钱不会到账', state: 'now' },
  { id: 'c', title: '到账微信零钱', state: 'later' },
  { id: 'd', title: '银行退回', state: 'failed' },
]

export const galleryTexts = {
  title: '组件',
  relation: '本人 · 默认就诊人',
  child: '儿子',
  showCode: '出示二维码',
  form: '还差 2 项，就能建好档案',
  name: '姓名',
  namePlaceholder: '与证件一致',
  nation: '民族',
  nations,
  born: '出生日期',
  address: '现住址',
  addressPlaceholder: '请输入街道和门牌',
  addressHint: '医院寄送报告用',
  addressMissing: '请填写现住址',
  idNumber: '证件号码',
  idProblem: '少了一位，请对照证件检查。',
  typed: '已填：',
  note: '收款微信须是患者本人实名。',
  card: '退款金额',
  waiting: '等您确认收款',
  fine: '正常',
  high: '偏高',
  any: '任何渠道',
  steps,
  rowTitle: '打开相机',
  rowWhat: '摘下口罩，面向亮处',
  recommended: '推荐',
  rowTitle2: '先办就诊卡',
  rowWhat2: '可挂号缴费，暂不能看报告',
  errorTitle: '这次没有验证成功',
  errorWhat: '光线较暗或没有正对手机。看病不受影响，您可以：',
  refused: '打开不在名单上的网页',
  submit: '提交建档',
  off: '暂不可用',
}
