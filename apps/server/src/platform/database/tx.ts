import type { HospitalId } from '@zhangyi/core'
import type { QueryExecutorProvider, Transaction } from 'kysely'

/** Tables that a room declares for itself: `tx.sql.withTables<PatientsTables>()`. Platform code knows none of them. */
// biome-ignore lint/complexity/noBannedTypes: deliberately the empty schema, so that no table is visible by accident
export type NoTables = {}

/** Whatever Kysely builds, raw or not. */
export interface Write {
  compile(provider: QueryExecutorProvider): { readonly sql: string; readonly parameters: readonly unknown[] }
}

declare const locked: unique symbol

/**
 * A row that this transaction holds by FOR UPDATE, as it now is: nobody else changes it before the commit, so that who
 * changes it knows what it becomes and need not ask.
 */
export type Locked<Row> = Row & { readonly [locked]: true }

/** Only for who has just locked the row, or wrote it while it was locked. */
export function asLocked<Row>(row: Row): Locked<Row> {
  return row as Locked<Row>
}

/**
 * One database transaction of one hospital. An exported operation that must be atomic with its caller takes it
 * first: it runs SQL only, never an outside call, never its own commit. Row-level security is bound to
 * `hospitalId`; every statement names it as well.
 */
export interface Tx {
  readonly hospitalId: HospitalId
  readonly sql: Transaction<NoTables>
  /**
   * A write whose answer nobody needs: it goes to the database with the next statement, or with the commit. Its error is
   * that one's.
   */
  later(write: Write): void
  /**
   * A hint for who looks on, as `refunds`: told once the transaction is committed, and never without its commit. Names what
   * changed, not how; costs no way to the database.
   */
  changed(topic: string): void
}
