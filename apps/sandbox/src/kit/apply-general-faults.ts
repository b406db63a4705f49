import { STATUS_CODES } from 'node:http'
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
  for (const [kind, status] of Object.entries(REFUSALS))
    if (faults.take(kind, operation)) {
      sendErrorPage(reply, status)
      return { result: kind, body: undefined }
    }
  if (faults.take('reset', operation)) {
    cut(reply)
    return { result: 'reset', body: undefined }
  }
  const body = await carryOut()
  if (faults.take('reply-lost', operation)) {
    cut(reply)
    return { result: 'reply-lost', body }
  }
  if (faults.take('http-500-after', operation)) {
    sendErrorPage(reply, 500)
    return { result: 'http-500-after', body }
  }
  if (faults.take('malformed-json', operation)) {
    // Of an answer without a body there is nothing to cut.
    const text = JSON.stringify(body) ?? ''
    reply.type('application/json').send(text.slice(0, Math.floor(text.length / 2)))
    return { result: 'malformed-json', body }
  }
  reply.send(body)
  return { result: 'ok', body }
}

// A gateway in front of the platform answers with a page, not with the platform's own error body.
function sendErrorPage(reply: FastifyReply, status: number): void {
  reply.status(status).type('text/html').send(`<html><body>${STATUS_CODES[status]}</body></html>`)
}

/** Hijacked and cut: the client sees a broken connection. */
export function cut(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.destroy()
}

const REFUSALS = { 'http-500': 500, 'http-502': 502, 'http-429': 429 } as const

export const GENERAL_FAULTS = {
  'reply-lost': '办成之后断开连接，不给答复',
  'http-500-after': '办成之后答 500',
  delay: '延迟答复（delayMs 毫秒）',
  'http-500': '不办理，答 500',
  'http-502': '不办理，答 502',
  'http-429': '不办理，答 429',
  reset: '不办理，断开连接',
  'malformed-json': '办成之后答复半截 JSON',
} as const
