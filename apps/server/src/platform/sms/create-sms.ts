import { type Outcome, startTimeout } from '@zhangyi/core'
import type { RestAuth } from '@zhangyi/his'
import { recordCall } from '../call-log/record-call.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Platform } from '../platform.ts'
import { readSecret } from '../secrets/read-secret.ts'
import { postMessage } from './post-message.ts'
import type { SmsSender } from './sms-sender.ts'

const REQUEST_KEY = /^[A-Za-z0-9_-]{1,64}$/

/** The hospital's SMS gateway by its configuration; undefined where it has none. Throws if its secret is not readable. */
export function createSms(
  platform: Pick<Platform, 'database' | 'cipher' | 'clock' | 'fetch' | 'log'>,
  hospital: Pick<Hospital, 'id' | 'sms'>,
  startDeadline: (timeoutMs: number) => AbortSignal = (timeoutMs) => startTimeout({ timeoutMs }),
): SmsSender | undefined {
  const { id, sms } = hospital
  if (!sms) return undefined
  const { database, cipher, clock, fetch: send, log } = platform
  const auth: RestAuth = { kind: 'hmac', keyId: sms.keyId, secret: readSecret(cipher, sms.secretFile) }
  return {
    send: async (message, requestKey) => {
      if (!REQUEST_KEY.test(requestKey)) throw new RangeError('sms: the request key has another form')
      const startedAtMs = clock.nowMs()
      const started = performance.now()
      const gateway = { url: sms.url, auth, clock, fetch: send, deadline: startDeadline(sms.timeoutMs) }
      const outcome = await postMessage(gateway, message, requestKey)
      const entry = {
        ...{ platform: 'sms', operation: 'send', requestId: requestKey, traceId: currentTraceId() },
        ...{
          startedAtMs,
          durationMs: performance.now() - started,
          outcome: outcome.kind,
          code: codeOf(outcome),
        },
        // Phone and text stay out, sealed or not: the text holds a code that opens reports.
        ...{ request: {}, reply: undefined },
      }
      void recordCall(database, id, entry, (error) => log.error({ err: error }, 'call log'))
      return outcome
    },
  }
}

function codeOf(outcome: Outcome<void>): string {
  return outcome.kind === 'yes' ? 'accepted' : outcome.kind === 'no' ? outcome.code : outcome.cause
}
