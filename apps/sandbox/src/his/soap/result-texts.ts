import type { HisOperation } from '@zhangyi/his'

export const SYSTEM_ERROR = '系统异常，请稍后再试'
export const SERIAL_REPEATED = '流水号重复'

/** In this dialect the Chinese sentence is the only reason. Codes without a line fall under 办理失败. */
const TEXTS: Readonly<Record<string, string>> = {
  duplicate: SERIAL_REPEATED,
  'key-reused': '流水号已被其他业务使用',
  busy: '其他用户正在操作，请稍后再试',
  'slot-taken': '号源已被占用，请选择其他号源',
  'lock-expired': '锁号已失效，请重新选择号源',
  'amount-changed': '费用已变更，请重新查询待缴费用',
  'patid-unknown': '病人ID不存在',
  'guardian-required': '患者未满14周岁须提供监护人',
  insufficient: '可退余额不足，请核对金额',
  'not-found': '未找到记录',
  'not-offered': '本院未启用该业务',
  'amount-invalid': '办理失败：金额不正确',
  'amount-mismatch': '办理失败：金额与原业务不符',
  'already-confirmed': '办理失败：该冻结已核销',
  'already-released': '办理失败：该冻结已解冻',
  'hold-unknown': '办理失败：冻结单号不存在',
  'deduction-unknown': '办理失败：扣减单号不存在',
  'recharge-unknown': '办理失败：充值流水号不存在',
  'appointment-unknown': '办理失败：挂号单号不存在',
  'too-late': '办理失败：已过可退号时间',
  'payment-required': '办理失败：该号源需先付款',
  'cursor-unknown': '入参错误：YBJ 不是本系统给出的页标记',
}

/** Where this vendor says what was there before, instead of that the serial number was. */
const DUPLICATES: Partial<Record<HisOperation, string>> = {
  'archives.create': '患者已建档',
  'appointments.lock': '该号源已被您预约',
  'appointments.book': '该号源已被您预约',
}

/** The simulated hospital's code as this vendor's sentence. */
export function resultText(operation: HisOperation, code: string): string {
  return (code === 'duplicate' ? DUPLICATES[operation] : undefined) ?? TEXTS[code] ?? `办理失败：${code}`
}
