import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Faults } from './faults.ts'

const DEFAULT_DELAY_MS = 3_000

/**
 * Carries a call out with the general faults around it. `carryOut` is the simulator's real work. Returns what
 * happened, for the list of calls: `ok`, or the name of the fault.
 */
export async function applyGeneralFaults(
  faults: Faults,
  operation: string,
  reply: FastifyReply,
  carryOut: () => unknown | Promise<unknown>,
): Promise<{ readonly result: string; readonly body: unknown }> {
  const slow = faults.take('delay', operation)
  if (slow) await delay(slow.delayMs ?? DEFAULT_DELAY_MS)
  if (faults.take('http-500', operation)) {
    reply.status(500).type('text/html').send('<html><body>Internal Server Error</body></html>')
    return { result: 'http-500', body: undefined }
  }
  const body = await carryOut()
  if (faults.take('reply-lost', operation)) {
    // Hijacked and cut: the client sees a broken connection after the work was done.
    reply.hijack()
    reply.raw.destroy()
    return { result: 'reply-lost', body }
  }
  if (faults.take('malformed-json', operation)) {
    const text = JSON.stringify(body)
    reply.type('application/json').send(text.slice(0, Math.floor(text.length / 2)))
    return { result: 'malformed-json', body }
  }
  reply.send(body)
  return { result: 'ok', body }
}

export const GENERAL_FAULTS = {
  'reply-lost': '办成之后断开连接，不给答复',
  delay: '延迟答复（delayMs 毫秒）',
  'http-500': '不办理，答 500',
  'malformed-json': '办成之后答复半截 JSON',
} as const
