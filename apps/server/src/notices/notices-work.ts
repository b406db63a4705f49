import { MINUTE_MS } from '@zhangyi/core'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { DueWork } from '../platform/jobs/due-work.ts'
import { eachHospital } from '../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../platform/jobs/work-due.ts'
import { workEvent } from './callback/work-event.ts'
import { releaseTargets } from './campaigns/release-targets.ts'
import { deliverNotice } from './delivery/deliver-notice.ts'
import { NOTICES_WORK, type NoticesRoom } from './room.ts'
import type { CampaignRow, EventRow, NoticeRow } from './tables.ts'

/** Longer than three calls that do not answer; well within the time in which WeChat still knows a number. */
const LEASE_MS = 2 * MINUTE_MS
const AT_ONCE = 8

type Due = { notice_event: EventRow; notice_campaign: CampaignRow; notice: NoticeRow }

/**
 * What WeChat told of deliveries, persons of campaigns whose turn it is, and notices on their way. Every process may run
 * it; a row belongs to who moved its `next_action_at_ms` ahead.
 */
export function noticesWork(room: NoticesRoom): DueWork {
  return {
    name: NOTICES_WORK,
    everyMinutes: 1,
    runDue: (clock, limit) =>
      eachHospital(room, async (hospital) => {
        const { id } = hospital
        let most = 0
        for (const work of [
          () => workDue(room.database, id, dueEvents(room, hospital), clock, limit),
          () => workDue(room.database, id, dueCampaigns(room, hospital), clock, limit),
          () => workDue(room.database, id, dueNotices(room, hospital), clock, limit),
        ])
          most = Math.max(most, await work())
        return most
      }),
  }
}

const dueEvents = (room: NoticesRoom, { id }: Hospital) =>
  due<EventRow>(room, 'notice_event', 'looks', (row) => workEvent(room, id, row))
const dueCampaigns = (room: NoticesRoom, hospital: Hospital) =>
  due<CampaignRow>(room, 'notice_campaign', 'looks', (row) => releaseTargets(room, hospital, row))
const dueNotices = (room: NoticesRoom, hospital: Hospital) =>
  due<NoticeRow>(room, 'notice', 'tries', (row) => deliverNotice(room, hospital, row))

function due<Row extends Due[keyof Due]>(
  room: NoticesRoom,
  table: keyof Due,
  counter: string,
  one: (row: Row) => Promise<void>,
): DueRows<Row> {
  return {
    ...{ table, counter, leaseMs: LEASE_MS, atOnce: AT_ONCE, one },
    failed: (row, error) => {
      // Its text may quote what was to be sent.
      const { name, code } = error as Error & { code?: string }
      room.log.error({ table, row: row.id, error: name, code }, 'work on a notice failed')
    },
  }
}
