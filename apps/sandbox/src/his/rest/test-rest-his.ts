import { createHash, createHmac, randomUUID } from 'node:crypto'
import { ManualClock } from '@zhangyi/core'
import type { SimulatorContext } from '../../kit/simulator.ts'
import { memoryStore } from '../../kit/store.ts'
import { buildHisRestSimulator } from './build-his-rest-simulator.ts'

export interface Signing {
  readonly secret?: string
  readonly keyId?: string
  readonly timestamp?: string
  readonly nonce?: string
  /** The path that is signed, if it is not the one that is called. */
  readonly signedPath?: string
}

/** A hospital behind REST, with a signer written from the wire's description alone. */
export function testRestHis(context: Partial<SimulatorContext> = {}) {
  const clock = new ManualClock()
  const simulator = buildHisRestSimulator({
    ...{ clock, baseUrl: 'http://his.test', origins: {}, store: memoryStore<unknown>() },
    ...context,
  })

  const send = async (
    method: 'GET' | 'POST',
    url: string,
    payload: Buffer | string = '',
    signing: Signing = {},
  ) => {
    const {
      secret = 'sandbox-his-rest-secret-0001',
      keyId = 'sandbox-his-gateway',
      timestamp = String(Math.floor(clock.nowMs() / 1_000)),
      nonce = randomUUID(),
      signedPath = url,
    } = signing
    const digest = createHash('sha256').update(payload).digest('hex')
    const signature = createHmac('sha256', secret)
      .update(`${timestamp}\n${nonce}\n${method}\n${signedPath}\n${digest}`)
      .digest('hex')
    return simulator.app.inject({
      ...{ method, url, payload },
      headers: {
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...{ 'x-zhangyi-timestamp': timestamp, 'x-zhangyi-nonce': nonce },
        ...{ 'x-zhangyi-key': keyId, 'x-zhangyi-signature': signature },
      },
    })
  }

  /** `ask('deposits/hold', {…}, 'key')`; the reply's JSON. */
  const ask = async (path: string, input: object, requestKey?: string) => {
    const reply = await send('POST', `/${path}`, JSON.stringify({ input, requestKey }))
    return reply.json() as Reply
  }
  return { simulator, clock, send, ask }
}

export interface Reply {
  readonly code: string
  readonly reason?: string
  readonly detailCode?: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly data?: any
}
