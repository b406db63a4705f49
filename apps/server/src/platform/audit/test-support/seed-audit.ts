import type { TestDatabase } from '../../../../../../tests/setup/test-database.ts'

export interface Seed {
  readonly hospital?: string
  readonly count: number
  /** Of the first one; the others follow by a second each. */
  readonly fromMs?: number
}

export const SEED_FROM_MS = Date.parse('2026-11-28T09:00:00+08:00')

/** Entries such as rooms write: many users, few operators, a system that writes most, rare and frequent actions. */
export async function seedAudit(
  { asOwner }: Pick<TestDatabase, 'asOwner'>,
  { hospital = 'first', count, fromMs = SEED_FROM_MS }: Seed,
): Promise<void> {
  await asOwner(`
    INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id, detail)
    SELECT '${hospital}', ${fromMs} + n * 1000,
      CASE WHEN n % 997 = 0 THEN 'operator:wang-' || n % 5 WHEN n % 2 = 0 THEN 'system:payments' ELSE 'user:' || n % 10007 END,
      CASE WHEN n % 997 = 0 THEN 'refunds.reissued' WHEN n % 2 = 0 THEN 'deposits.refund-ordered' ELSE 'records.viewed' END,
      'subject_' || n / 3, 'trace_' || n / 4, jsonb_build_object('n', n, 'why', '退款')
    FROM generate_series(1, ${count}) AS n`)
}
