import { inspect } from 'node:util'
import { wrapPort } from '../operations.ts'
import type { HisPort } from '../port.ts'

/** A late answer is still heard until this many times the limit, so that slowness fails one check and not all. */
const GIVE_UP_FACTOR = 4

export interface HeardCall {
  readonly operation: string
  readonly tookMs: number
  /** What the call said besides data: an error with all its fields, a refusal's code and reason, a cause. */
  readonly said: string | undefined
}

export interface HeardPort {
  readonly port: HisPort
  readonly calls: readonly HeardCall[]
}

/** The same port, but how long each call took and what it complained of is written down. */
export function listenToPort(port: HisPort, limitMs: number): HeardPort {
  const calls: HeardCall[] = []
  const listen = async (operation: string, call: () => Promise<unknown>): Promise<unknown> => {
    const startedAtMs = performance.now()
    const hear = (said: string | undefined) =>
      calls.push({ operation, tookMs: performance.now() - startedAtMs, said })
    try {
      const answer = await giveUpAfter(operation, GIVE_UP_FACTOR * limitMs, call())
      hear(complaintOf(answer))
      return answer
    } catch (error) {
      hear(inspect(error, { depth: 5 }))
      throw error
    }
  }
  return { calls, port: wrapPort(port, (operation, _kind, call) => listen(operation, call)) }
}

function complaintOf(answer: unknown): string | undefined {
  const { kind, code, reason, cause } = (answer ?? {}) as Partial<Record<string, unknown>>
  if (kind === 'no') return `${code} ${reason}`
  return kind === 'unknown' ? String(cause) : undefined
}

async function giveUpAfter<T>(operation: string, limitMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${operation} 等了 ${limitMs} 毫秒也没有答复`)), limitMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
