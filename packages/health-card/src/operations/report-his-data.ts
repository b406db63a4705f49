import { type Outcome, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'

export interface UsageReport {
  /** Static `…:1` or dynamic form. */
  readonly qrCodeText: string
  /** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
  readonly time: string
  /** = hospitalId in practice. */
  readonly hospitalCode: string
  /** Campus. */
  readonly subHospitalCode?: string
  readonly scene: string
  /** Required for 0101011 and 0101012. */
  readonly department?: string
  /** 11 = electronic health card. */
  readonly cardType: string
  /** 0401 service account, 0402 mini program. */
  readonly cardChannel: string
  /** Required for 010105, 0101051 and 0101053. */
  readonly cardCostTypes?: string
  /** In the portal's sample, not in its table. */
  readonly serviceId?: string
  /** Older form only. */
  readonly idCardNumber?: string
  /** Older form only. */
  readonly name?: string
}

/**
 * 用卡数据监测 (svc 141), one event a call; no batch form is public. The platform has no idempotency key: repeating an
 * `unknown` may count an event twice, so the caller decides. Confidence: several sources.
 */
export function reportHISData(
  caller: Caller,
  report: UsageReport,
  context: CallContext,
): Promise<Outcome<void>> {
  return caller.change('reportHISData', report, context, () => yes(undefined))
}
