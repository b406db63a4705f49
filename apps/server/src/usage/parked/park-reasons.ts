import type { ParkReason } from '../tables.ts'

export interface ReasonTexts {
  readonly name: string
  /** What happened, and what the operator does next. */
  readonly todo: string
}

/** What a person reads of each reason for which an event is parked. */
export const REASON_TEXTS: Readonly<Record<ParkReason, ReasonTexts>> = {
  'department-unmapped': {
    name: '科室没有对应',
    todo: '在「科室对应」里填上平台的科室代码，这些事件会自动上报。',
  },
  refused: {
    name: '平台拒绝',
    todo: '按平台代码找到原因（常见：科室或环节代码不认识、卡已失效），改好之后重新上报；平台已有的，确认计入。',
  },
  'outcome-unknown': {
    name: '结果不明',
    todo: '上报之后没有得到答复，平台可能已经计入。先和平台控制台的数量核对：已计入的点确认，没有计入的重新上报。',
  },
  'lost-in-flight': {
    name: '上报时网关中断',
    todo: '网关在上报的那一刻停了，平台可能已经计入。先和平台控制台的数量核对：已计入的点确认，没有计入的重新上报。',
  },
  'content-unreadable': {
    name: '内容打不开',
    todo: '内容是用另一个主密钥加密的。换回原来的主密钥文件之后重新上报；找不回密钥的，在平台补录后确认计入。',
  },
}

/** Whether sending once more may count twice: nobody knows what became of the first time. */
export function mayCountTwice(reason: ParkReason): boolean {
  return reason === 'outcome-unknown' || reason === 'lost-in-flight'
}
