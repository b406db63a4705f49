import type { HospitalId } from '@zhangyi/core'
import type { Transaction } from 'kysely'

/** Tables that a room declares for itself: `tx.sql.withTables<PatientsTables>()`. Platform code knows none of them. */
// biome-ignore lint/complexity/noBannedTypes: deliberately the empty schema, so that no table is visible by accident
export type NoTables = {}

/**
 * One database transaction of one hospital. An exported operation that must be atomic with its caller takes it
 * first: it runs SQL only, never an outside call, never its own commit. Row-level security is bound to
 * `hospitalId`; every statement names it as well.
 */
export interface Tx {
  readonly hospitalId: HospitalId
  readonly sql: Transaction<NoTables>
}
