import { type HospitalId, MINUTE_MS } from '@zhangyi/core'
import type { Platform } from '../platform.ts'
import { type CallbackRecord, recordCallback } from './record-callback.ts'

/** Of one hospital, by one process: whoever sends rubbish must not fill the table. The log has them all. */
const MOST_A_MINUTE = 30

interface Minute {
  readonly number: number
  count: number
}
const minutes = new WeakMap<object, Map<HospitalId, Minute>>()

/** Keeps that one was refused; that this fails, or is too much, is no matter of whoever called. */
export async function recordRefusal(
  { database, clock, log }: Pick<Platform, 'database' | 'clock' | 'log'>,
  hospital: HospitalId,
  record: Omit<CallbackRecord, 'receivedAtMs' | 'outcome'>,
): Promise<void> {
  const nowMs = clock.nowMs()
  if (!isOneOfFew(database, hospital, nowMs)) return
  try {
    await database.inTransaction(hospital, (tx) =>
      recordCallback(tx, { ...record, receivedAtMs: nowMs, outcome: 'refused' }),
    )
  } catch (error) {
    log.warn({ err: error }, 'a refused callback could not be kept')
  }
}

function isOneOfFew(of: object, hospital: HospitalId, nowMs: number): boolean {
  const counts = minutes.get(of) ?? new Map<HospitalId, Minute>()
  minutes.set(of, counts)
  const number = Math.floor(nowMs / MINUTE_MS)
  const known = counts.get(hospital)
  const minute = known?.number === number ? known : { number, count: 0 }
  counts.set(hospital, minute)
  minute.count += 1
  return minute.count <= MOST_A_MINUTE
}
