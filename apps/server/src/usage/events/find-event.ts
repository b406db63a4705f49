import { sql } from 'kysely'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { openContent } from '../event-content.ts'
import type { EventKey } from './event-number.ts'
import { EVENT_COLUMNS, type EventRow } from './list-events.ts'

export interface EventDetail extends EventRow {
  /** What is sent, less the card and whoever holds it. Absent where nothing can be sent, or it cannot be opened. */
  readonly told: ToldContent | undefined
}

export interface ToldContent {
  readonly department: string | undefined
  readonly campus: string | undefined
  readonly cardChannel: string
  readonly costTypes: string | undefined
}

export async function findEvent(
  tx: Tx,
  cipher: Cipher,
  { day, id }: EventKey,
): Promise<EventDetail | undefined> {
  const { rows } = await sql<EventRow & { content: Buffer | null }>`
    SELECT ${EVENT_COLUMNS}, content FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND id = ${id}::bigint`.execute(tx.sql)
  const [row] = rows
  if (!row) return undefined
  const { content, ...event } = row
  return { ...event, told: content === null ? undefined : toldBy(cipher, content) }
}

function toldBy(cipher: Cipher, content: Buffer): ToldContent | undefined {
  try {
    const { report } = openContent(cipher, content)
    return {
      ...{ department: report.department, campus: report.subHospitalCode },
      ...{ cardChannel: report.cardChannel, costTypes: report.cardCostTypes },
    }
  } catch {
    // Sealed under another key: the event is parked for it, and says so.
    return undefined
  }
}
