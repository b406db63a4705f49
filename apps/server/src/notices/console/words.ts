import type { NoticeFact, NoticeKind } from '../../platform/hospitals/notices-config.ts'
import type { NoticeState } from '../notice.ts'

export const KIND_NAMES: Readonly<Record<NoticeKind, string>> = {
  applied: '退款已受理',
  waiting: '等待接收退款',
  reminder: '提醒接收退款',
  paid: '退款成功',
  expired: '退款已失效',
  reissued: '退款重新发起',
  funded: '现在可以退款',
  balance: '余额通知',
}

export const FACT_NAMES: Readonly<Record<NoticeFact, string>> = {
  title: '事项',
  patientName: '姓名',
  cardNumber: '卡号',
  balance: '余额',
  amount: '金额',
  time: '时间',
  remark: '备注',
}

/** What an operator can do; nothing is ever sent again by hand. */
export const ADVICE: Readonly<Record<NoticeState, string>> = {
  queued: '等着发送，系统会自己发。批量通知在夜间和暂停时不发。',
  sending: '微信还没有说清收到没有，系统会用同一个编号再问，同一条不会发两次。',
  accepted: '微信已经收下。这个渠道以后才告诉、或从不告诉有没有送达。',
  delivered: '微信说已经送达，不用处理。',
  failed:
    '按原因改好消息模板或公众号的配置，以后的消息就能发出；这一条不再发，患者在“我的退款”里看得到进度。',
  unknown:
    '微信一直没有答复，患者可能已经收到。不能手工再发：再发一次，患者可能收到两条。患者在“我的退款”里看得到进度，需要时请电话联系。',
  unreachable: '每个渠道都联系不到这位用户：没有关注公众号，也没有同意订阅。需要时请电话联系。',
}
