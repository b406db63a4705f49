import type { Tx } from '../platform/database/tx.ts'
import type { UsageAct } from '../platform/hospitals/usage-config.ts'
import type { Session } from '../platform/sessions/session.ts'

/** What a room tells of one success of the HIS. Everything else (card, scene, codes) is looked up here. */
export interface UsageFact {
  readonly act: UsageAct
  /** Who asked. A background job takes them from its own row. */
  readonly user: Pick<Session, 'userId' | 'appid' | 'openid' | 'channel'>
  readonly patientId: string
  /** As the HIS names it; required by the platform for bookings and registrations. */
  readonly department?: { readonly id: string; readonly name: string } | undefined
  /** As the HIS names it. */
  readonly campus?: string | undefined
  /** 费别, four digits; the hospital's default when absent. */
  readonly costType?: string | undefined
  /**
   * The room's own number of what was done (a booking, a payment): it counts once for ever. A query has none: the same
   * user, patient and scene count once within the hospital's window.
   */
  readonly number?: string | undefined
}

/** How often the HIS said yes on one day, by a room's own records: what the stored events are held against. */
export type CountSuccesses = (
  tx: Tx,
  day: { readonly fromMs: number; readonly toMs: number },
) => Promise<readonly { readonly act: UsageAct; readonly count: number }[]>
