import { hash } from 'node:crypto'
import type { HospitalId } from '@zhangyi/core'

/** What stands before the first link. */
export const NO_HASH = Buffer.alloc(32)

/** The first field, so that another way of hashing could be told from this one. */
const FORM = 'zhangyi-audit-1'
const LENGTH_BYTES = 4

/** An entry as it is hashed: `detail` is the text in which PostgreSQL gives jsonb, always the same for the same content. */
export type HashedEntry = {
  readonly id: number
  readonly at_ms: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly trace_id: string
  readonly detail: string
}

/**
 * SHA-256 over the hash before it and the fields, each with its length in front: without the lengths, letters could move
 * from one field to the next. docs/guides/audit.md describes it for whoever checks without us.
 */
export function hashEntry(previous: Buffer, hospital: HospitalId, entry: HashedEntry): Buffer {
  const fields = [
    ...[FORM, hospital, String(entry.id), String(entry.at_ms), entry.actor],
    ...[entry.action, entry.subject, entry.trace_id, entry.detail],
  ]
  const most = fields.reduce((sum, field) => sum + LENGTH_BYTES + field.length * 3, previous.length)
  const bytes = Buffer.allocUnsafe(most)
  let at = previous.copy(bytes)
  for (const field of fields) {
    const length = bytes.write(field, at + LENGTH_BYTES)
    bytes.writeUInt32BE(length, at)
    at += LENGTH_BYTES + length
  }
  return hash('sha256', bytes.subarray(0, at), 'buffer')
}
