import { type Outcome, yes } from '@zhangyi/core'
import type { CallContext } from '../options.ts'
import type { Session } from '../session.ts'

export interface UsageReport {
  readonly qrCodeText: string
  /** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
  readonly time: string
  /** = hospitalId in practice. */
  readonly hospitalCode: string
  readonly subHospitalCode?: string
  readonly scene: string
  /** Required for 0101011 and 0101012. */
  readonly department?: string
  /** 11 = electronic health card. */
  readonly cardType: string
  /** 0401 service account, 0402 mini program. */
  readonly cardChannel: string
  /** Required for 0101051 and 0101053. */
  readonly cardCostTypes?: string
}

export interface ReportCalls {
  /**
   * 用卡数据监测 (svc 141), one event a call. The platform has no idempotency key: repeating an `unknown` may count
   * an event twice, so the caller decides.
   */
  reportHISData(report: UsageReport, context: CallContext): Promise<Outcome<void>>
}

export function reportCalls(session: Session): ReportCalls {
  return {
    reportHISData: async (report, context) => {
      const made = await session.call('reportHISData', report, context)
      return made.kind === 'yes' ? yes(undefined) : made
    },
  }
}
