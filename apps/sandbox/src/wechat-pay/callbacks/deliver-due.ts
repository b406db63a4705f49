import { SECOND_MS } from '@zhangyi/core'
import { recordCall } from '../../kit/record-call.ts'
import { API_V3_KEY } from '../credentials.ts'
import { encryptResource } from '../keys/cipher.ts'
import { signMessage } from '../keys/sign-message.ts'
import { type PayPlatform, rfc3339 } from '../platform.ts'
import type { Callback } from './callback.ts'
import { RETRY_PAUSES_MS } from './retry-schedule.ts'

/** Real time: how long WeChat waits for the answer to a callback. */
const ANSWER_WITHIN_MS = 5 * SECOND_MS
const MAX_PER_RUN = 5_000

/** Delivers callbacks one after the other; a second call waits for the first, so that none goes out twice. */
export class CallbackDelivery {
  readonly #platform: PayPlatform
  #running: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(platform: PayPlatform) {
    this.#platform = platform
  }

  /** Sends all that is due now; returns how many deliveries were tried. */
  deliverDue(): Promise<number> {
    const run = this.#running.then(() => this.#deliver())
    this.#running = run.catch(() => undefined)
    return run
  }

  /** As time passes and calls come; nobody waits for it. */
  deliverByItself(): void {
    if (this.#platform.settings.autoDeliver) this.deliverDue().catch(() => undefined)
  }

  /** No delivery begins after this; waits for the one under way. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  async #deliver(): Promise<number> {
    let tried = 0
    for (; tried < MAX_PER_RUN && !this.#closed; tried++) {
      const next = this.#nextDue()
      if (!next) break
      await deliver(this.#platform, next)
    }
    return tried
  }

  #nextDue(): Callback | undefined {
    const { callbacks, clock } = this.#platform
    let next: Callback | undefined
    for (const callback of callbacks.live())
      if (callback.state !== 'waiting') callbacks.settle(callback)
      else if (callback.dueMs <= clock.nowMs() && (!next || callback.dueMs < next.dueMs)) next = callback
    return next
  }
}

async function deliver(platform: PayPlatform, callback: Callback): Promise<void> {
  const { clock, callersClock, calls, keys } = platform
  const signature = callback.nextSignatures.shift() ?? 'genuine'
  const body = envelope(callback)
  const atMs = clock.nowMs()
  const headers = signMessage(keys.signingKey(), body, callersClock.nowMs(), signature)
  const result = await post(platform, callback.url, body, headers)
  callback.attempts.push({ atMs, signature, result })
  callback.heldForNext = false
  schedule(callback, signature, /^20[04]$/.test(result), clock.nowMs())
  // In the order of their announcement: only those before this one waited for it.
  for (const held of platform.callbacks.live()) {
    if (held === callback) break
    if (held.heldForNext && held.state === 'waiting') {
      held.heldForNext = false
      held.dueMs = clock.nowMs()
    }
  }
  platform.changed = true
  const request = { url: callback.url, headers, body: JSON.parse(body), plain: JSON.parse(callback.plain) }
  recordCall(calls, { atMs, operation: `notify ${callback.eventType}`, request, reply: result, result })
}

function schedule(callback: Callback, signature: string, accepted: boolean, nowMs: number): void {
  // After a probe the genuine one follows at once, whatever was answered to the probe.
  if (signature === 'probe') callback.dueMs = nowMs
  else if (accepted && signature === 'wrong') callback.dueMs = nowMs + (RETRY_PAUSES_MS[0] ?? 0)
  else if (accepted && callback.repeats > 0) {
    callback.repeats--
    callback.dueMs = nowMs
  } else if (accepted) callback.state = 'delivered'
  else {
    const pause = RETRY_PAUSES_MS[callback.failures++]
    if (pause === undefined) callback.state = 'given-up'
    else callback.dueMs = nowMs + pause
  }
}

function envelope({ id, createdMs, eventType, summary, plain, originalType }: Callback): string {
  return JSON.stringify({
    id,
    create_time: rfc3339(createdMs),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary,
    resource: {
      original_type: originalType,
      ...encryptResource(plain, API_V3_KEY, originalType),
    },
  })
}

async function post(
  { fetch: send }: PayPlatform,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    const reply = await send(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', Accept: '*/*', 'User-Agent': 'Mozilla/4.0' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await reply.body?.cancel()
    return String(reply.status)
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer within 5 s' : 'not reached'
  }
}
