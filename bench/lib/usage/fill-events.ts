import { hospitalId } from '@zhangyi/core'
import type { DeliveryRoom } from '../../../apps/server/src/usage/delivery/delivery-room.ts'
import { sealContent } from '../../../apps/server/src/usage/event-content.ts'
import { type NewEvent, storeEvents } from '../../../apps/server/src/usage/store-events.ts'
import { CONTEXT, REPORT } from './report.ts'

const AT_ONCE = 500
export const BENCH = hospitalId('bench')

export function newEvent({ cipher, clock }: Pick<DeliveryRoom, 'cipher' | 'clock'>): NewEvent {
  const nowMs = clock.nowMs()
  return {
    ...{
      source: 'app',
      scene: REPORT.scene,
      occurredAtMs: nowMs,
      userId: 'user_bench',
      patientId: 'pat_bench',
    },
    ...{ departmentId: null, departmentName: null, state: 'pending', reason: null, dueAtMs: nowMs },
    content: sealContent(cipher, { report: REPORT, context: CONTEXT }),
  }
}

/** Events of today, ready to be sent, each sealed on its own. */
export async function fillEvents(room: DeliveryRoom, count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    const events = Array.from({ length: Math.min(AT_ONCE, count - done) }, () => newEvent(room))
    await room.database.inTransaction(BENCH, (tx) => storeEvents(tx, events, room.clock.nowMs()))
  }
}
