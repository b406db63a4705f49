import { sql } from 'kysely'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { packBytes, plainArray } from '../../platform/database/array-literal.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { notifySignal } from '../../platform/jobs/signals.ts'
import type { Platform } from '../../platform/platform.ts'
import { type EventContent, openContent, sealContent } from '../event-content.ts'
import type { UsageHospital } from '../room.ts'
import { firstDueAtMs } from '../schedule.ts'
import { DUE_SIGNAL } from '../store-events.ts'

const AT_ONCE = 500

interface WaitingEvent {
  readonly day: string
  readonly id: number
  readonly occurred_at_ms: number
  readonly content: Buffer
  readonly code: string
}

/**
 * Lets go of events whose department has a code by now. By the minute as well as at once: a process that ends half-way,
 * or an event that was stored at the very moment, leaves nothing behind.
 */
export function releaseMappedWork(room: Pick<Platform, 'database' | 'cipher' | 'hospitals'>): DueWork {
  return {
    name: 'usage.departments',
    everyMinutes: 1,
    runDue: async (clock) => {
      for (const hospital of room.hospitals.all) await releaseMapped(room, hospital, clock.nowMs())
      return 0
    },
  }
}

/** Returns how many were let go. In batches, so that delivery never waits for all of them. */
export async function releaseMapped(
  { database, cipher }: Pick<Platform, 'database' | 'cipher'>,
  hospital: UsageHospital,
  nowMs: number,
): Promise<number> {
  let released = 0
  for (let found = AT_ONCE; found >= AT_ONCE; released += found)
    found = await database.inTransaction(hospital.id, (tx) => releaseBatch(tx, cipher, hospital, nowMs))
  return released
}

async function releaseBatch(
  tx: Tx,
  cipher: Cipher,
  { usage }: UsageHospital,
  nowMs: number,
): Promise<number> {
  const { rows } = await sql<WaitingEvent>`
    SELECT event.day::text AS day, event.id, event.occurred_at_ms, event.content, department.code
    FROM usage_event AS event
    JOIN usage_department AS department
      ON department.hospital_id = ${tx.hospitalId} AND department.department_id = event.department_id
    WHERE event.hospital_id = ${tx.hospitalId} AND event.state = 'parked' AND event.reason = 'department-unmapped'
      AND event.content IS NOT NULL AND department.code IS NOT NULL
    ORDER BY event.id LIMIT ${AT_ONCE} FOR UPDATE OF event SKIP LOCKED`.execute(tx.sql)
  if (rows.length === 0) return 0
  const events = rows.map((row) => ({ ...row, ...reseal(cipher, row, usage, nowMs) }))
  const contents = packBytes(events.map(({ content }) => content))
  await sql`
    UPDATE usage_event AS event
    SET state = fresh.state, reason = fresh.reason, next_action_at_ms = fresh.due_at_ms,
      content = substring(${contents.bytes}::bytea FROM fresh.start FOR fresh.length)
    FROM unnest(${plainArray(events.map(({ day }) => day))}::date[], ${plainArray(events.map(({ id }) => id))}::bigint[],
      ${plainArray(events.map(({ state }) => state))}::text[],
      ${plainArray(events.map(({ reason }) => reason))}::text[],
      ${plainArray(events.map(({ dueAtMs }) => dueAtMs))}::bigint[],
      ${contents.starts}::integer[], ${contents.lengths}::integer[])
      AS fresh (day, id, state, reason, due_at_ms, start, length)
    WHERE event.hospital_id = ${tx.hospitalId} AND event.day = fresh.day AND event.id = fresh.id`.execute(
    tx.sql,
  )
  const due = events.filter(({ dueAtMs }) => dueAtMs !== null && dueAtMs <= nowMs)
  for (const day of new Set(due.map((event) => event.day)))
    notifySignal(tx, DUE_SIGNAL, `${tx.hospitalId} ${day}`)
  return rows.length
}

function reseal(
  cipher: Cipher,
  { content, code, occurred_at_ms }: WaitingEvent,
  usage: UsageHospital['usage'],
  nowMs: number,
) {
  const open = readable(() => openContent(cipher, content))
  // Sealed under a key that is gone: parked for another reason, or the work would find it again and again.
  if (!open) return { content, state: 'parked', reason: 'content-unreadable', dueAtMs: null }
  const report = { ...open.report, department: code }
  const dueAtMs = firstDueAtMs(usage, occurred_at_ms, nowMs)
  return { content: sealContent(cipher, { ...open, report }), state: 'pending', reason: null, dueAtMs }
}

function readable(open: () => EventContent): EventContent | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}
