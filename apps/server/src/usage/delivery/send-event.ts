import { no, type Outcome, TRANSPORT, unknown } from '@zhangyi/core'
import type { CallRecord } from '@zhangyi/health-card'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { TokenStoreError } from '../../platform/tokens/briefly-kept.ts'
import { openContent } from '../event-content.ts'
import type { DueEvent } from './claim-batch.ts'
import type { DeliveryRoom } from './delivery-room.ts'

export interface Answer {
  readonly event: DueEvent
  /** `unreadable`: sealed under a key that we no longer have; nothing was sent. */
  readonly outcome: Outcome<void> | 'unreadable'
  readonly tookMs: number
  readonly requestId: string | null
}

/** Sends one event once. Never throws: whatever goes wrong, the event has an answer. */
export async function sendEvent(
  { cipher, clients }: DeliveryRoom,
  hospital: Hospital,
  event: DueEvent,
): Promise<Answer> {
  const started = performance.now()
  const content = attempt(() => openContent(cipher, event.content))
  if (!content) return { event, outcome: 'unreadable', tookMs: 0, requestId: null }
  // A refused token means two calls; the later one is the one that counted.
  let call: CallRecord | undefined
  const client = attempt(() => clients.usageReports(hospital))
  const outcome = client
    ? await client
        .reportHISData(content.report, {
          ...content.context,
          onCall: (record) => {
            call = record
          },
        })
        .catch(outcomeOfFailure)
    : no(TRANSPORT, 'no client')
  return {
    event,
    outcome,
    tookMs: Math.round(performance.now() - started),
    requestId: call?.requestId ?? null,
  }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** Without a token there was no call. After any other mistake of our own nobody can say how far it came. */
function outcomeOfFailure(error: unknown): Outcome<never> {
  return error instanceof TokenStoreError ? no(TRANSPORT, error.message) : unknown('failed-inside')
}
