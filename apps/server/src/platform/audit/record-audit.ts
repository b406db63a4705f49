import type { Tx } from '../database/tx.ts'

export interface AuditEntry {
  readonly atMs: number
  /** Who acted: `user:<id>`, `operator:<id>` or `system:<room>`. */
  readonly actor: string
  /** `<room>.<what>`, e.g. `enrolment.foreign-flow`. */
  readonly action: string
  /** Our own id of what was seen or changed. Never a document number, a name or a phone number. */
  readonly subject: string
  readonly traceId: string
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

// A type, not an interface: Kysely asks for an index signature.
type AuditTables = {
  audit_entry: {
    hospital_id: string
    at_ms: number
    actor: string
    action: string
    subject: string
    trace_id: string
    detail: string
  }
}

/** Where the words of the audit are finer than the pages that look on. */
const TOPICS: Readonly<Record<string, string>> = {
  ...{ deposits: 'refunds', payments: 'refunds', 'personal-data': 'enrolments' },
  ...{ enrolment: 'enrolments', verification: 'verifications' },
}

/** Appends to the audit log in the caller's transaction; what is worth it is worth a hint to who looks on. */
export function recordAudit(tx: Tx, entry: AuditEntry): void {
  const [room = ''] = entry.action.split('.')
  tx.changed(TOPICS[room] ?? room)
  tx.changed('audit')
  tx.later(
    tx.sql
      .withTables<AuditTables>()
      .insertInto('audit_entry')
      .values({
        hospital_id: tx.hospitalId,
        at_ms: entry.atMs,
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        trace_id: entry.traceId,
        detail: JSON.stringify(entry.detail ?? {}),
      }),
  )
}
