import { assertNever } from '@zhangyi/core'
import type { DocumentKind, OfflineReason } from '../../platform/hospitals/offline-config.ts'
import type { ApplicationRow, PayoutWay } from './offline-row.ts'
import type { Happening, State } from './offline-states.ts'

export const REASON_NAMES: Readonly<Record<OfflineReason, string>> = {
  proxy: '替患者代办',
  deceased: '患者已去世',
  minor: '患者是未成年人',
  'no-resident-id': '没有居民身份证',
  'not-in-source': '系统里查不到余额',
  'device-unsupported': '手机不支持人脸核验或收款',
  other: '其他情况',
}

export const DOCUMENT_NAMES: Readonly<Record<DocumentKind, string>> = {
  'applicant-id': '申请人的身份证件',
  'patient-id': '患者的身份证件',
  'guardian-id': '监护人的身份证件',
  authorisation: '患者签字的授权委托书',
  'death-certificate': '死亡证明',
  'relation-proof': '与患者的关系证明',
  'household-register': '户口簿',
  'birth-certificate': '出生医学证明',
  'visit-card': '就诊卡',
  'recharge-receipt': '充值凭证',
  'bank-card': '收款银行卡',
  other: '其他材料',
}

export const STATE_NAMES: Readonly<Record<State, string>> = {
  draft: '还没提交',
  submitted: '等待审核',
  'in-review': '审核中',
  'more-documents': '需要补材料',
  approved: '已同意，等待付款',
  rejected: '没有通过',
  'paid-out': '已付款',
  withdrawn: '已撤回',
}

export const HAPPENING_NAMES: Readonly<Record<Happening, string>> = {
  submitted: '提交',
  withdrawn: '撤回',
  taken: '开始审核',
  asked: '要求补材料',
  proposed: '提出金额，等另一人同意',
  approved: '同意',
  rejected: '不通过',
  reopened: '退回重新审核',
  'paid-out': '登记付款',
}

export const PAYOUT_NAMES: Readonly<Record<PayoutWay, string>> = {
  window: '窗口付款',
  'bank-transfer': '银行转账',
}

/** How things are and what comes next, for the applicant. */
export function messageOf(
  { state, payout_how: how }: Pick<ApplicationRow, 'state' | 'payout_how'>,
  isComplete: boolean,
  phone: string,
): string {
  switch (state) {
    case 'draft':
      return isComplete ? '材料已经齐了，请核对后点“提交申请”。' : '请上传下面列出的材料，齐了之后再提交。'
    case 'submitted':
      return '已经提交，等医院审核。结果会显示在这里，不用重复提交。'
    case 'in-review':
      return `医院正在审核。着急请拨打 ${phone}。`
    case 'more-documents':
      return '医院需要您补充材料，请按下面的说明上传，再提交一次。'
    case 'approved':
      return `医院已经同意，正在安排付款。怎样领取请拨打 ${phone}。`
    case 'rejected':
      return `医院没有同意，原因见下面。有疑问请拨打 ${phone}，或带上材料到窗口。`
    case 'paid-out':
      return how === 'window' ? '已在窗口付款。' : '已通过银行转账付款，到账时间以银行为准。'
    case 'withdrawn':
      return '您已撤回这份申请。需要时可以重新申请。'
    default:
      return assertNever(state, 'state')
  }
}
