import { MINUTE_MS } from '@zhangyi/core'
import { type FundsView, viewFunds } from '../../../payments/index.ts'
import { listAlarms, type RefundAlarm } from '../../funds-watch/refund-alarm.ts'
import { countByState } from '../../offline/console/count-by-state.ts'
import type { State as OfflineState } from '../../offline/offline-states.ts'
import { countOpenLegs } from '../count-open-legs.ts'
import { listStoppedLegs, listWaitingReviews, type WaitingReview } from '../list-legs-for-people.ts'
import { type LegList, listOpenLegs } from '../list-open-legs.ts'
import { type LegLine, legLines } from './leg-lines.ts'
import type { RefundsPage, Whose } from './page-room.ts'

/** Of each list; all of it is a click away. */
const SHOWN = 8
const MOST_FOR_PEOPLE = 50
/** A HIS that answers is done with a refund within seconds. */
const STUCK_MS = 10 * MINUTE_MS

export interface Overview extends Whose {
  readonly counts: Readonly<Record<LegList, number>>
  readonly stopped: readonly LegLine[]
  readonly tasks: readonly LegLine[]
  readonly oneSided: readonly LegLine[]
  readonly overdue: readonly LegLine[]
  readonly stuck: readonly LegLine[]
  readonly reviews: readonly (WaitingReview & { readonly line: LegLine })[]
  readonly offline: ReadonlyMap<OfflineState, number>
  /** Undefined: this hospital pays no transfers. */
  readonly funds: FundsView | undefined
  readonly alarms: readonly RefundAlarm[]
}

export function readOverview(room: RefundsPage, { hospital, nowMs }: Whose): Promise<Overview> {
  return room.database.inTransaction(hospital.id, async (tx) => {
    const lines = async (list: LegList) =>
      legLines(tx, room, await listOpenLegs(tx, { list, nowMs, limit: SHOWN }), nowMs)
    const waiting = await listWaitingReviews(tx, MOST_FOR_PEOPLE)
    const reviewed = await legLines(
      tx,
      room,
      waiting.map(({ leg }) => leg),
      nowMs,
    )
    return {
      ...{ hospital, nowMs, counts: await countOpenLegs(tx, nowMs) },
      stopped: await legLines(tx, room, await listStoppedLegs(tx, MOST_FOR_PEOPLE), nowMs),
      ...{ tasks: await lines('tasks'), oneSided: await lines('one-sided') },
      overdue: await lines('overdue'),
      stuck: (await lines('with-his')).filter(({ leg }) => nowMs - leg.changed_at_ms > STUCK_MS),
      reviews: waiting.flatMap((one, index) => {
        const line = reviewed[index]
        return line ? [{ ...one, line }] : []
      }),
      offline: await countByState(tx),
      alarms: await listAlarms(tx),
      funds: hospital.wechatPay?.transfer && (await viewFunds(tx, room)),
    }
  })
}
