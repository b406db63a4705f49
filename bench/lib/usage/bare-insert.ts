import { shanghaiDay } from '@zhangyi/core'
import { Cipher } from '@zhangyi/server'
import pg from 'pg'
import { sealContent } from '../../../apps/server/src/usage/event-content.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { CONTEXT, REPORT } from './report.ts'

const COLUMNS =
  'hospital_id, day, source, scene, occurred_at_ms, after_cutoff, content, state, next_action_at_ms' as const

/**
 * The limit of intake: the same rows into the same table and indexes, in batches as large, over as many connections, by
 * the owner and so past row-level security, each a commit of its own. Values are made before; nothing is read, checked,
 * encrypted, looked up or answered.
 */
export async function openBareInsert(
  { ownerUrl, dataKeyHex }: Pick<ContestantSetup, 'ownerUrl' | 'dataKeyHex'>,
  connections: number,
): Promise<{ insert(events: number, batch: number): Promise<number>; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: connections })
  const content = sealContent(new Cipher(dataKeyHex), { report: REPORT, context: CONTEXT })
  const nowMs = Date.now()
  const row = ['bench', shanghaiDay(nowMs), 'his', REPORT.scene, nowMs, false, content, 'pending', nowMs]
  const statements = new Map<number, { name: string; text: string; values: unknown[] }>()
  const statementOf = (batch: number) => {
    const known = statements.get(batch)
    if (known) return known
    const rows = Array.from(
      { length: batch },
      (_, index) => `(${row.map((_value, column) => `$${index * row.length + column + 1}`).join()})`,
    )
    const text = `INSERT INTO usage_event (${COLUMNS}) VALUES ${rows.join()}`
    const made = { name: `bare-${batch}`, text, values: Array.from({ length: batch }, () => row).flat() }
    statements.set(batch, made)
    return made
  }
  return {
    close: () => pool.end(),
    /** Events a second. */
    insert: async (events, batch) => {
      const statement = statementOf(batch)
      let left = events / batch
      const started = performance.now()
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (left-- > 0) await pool.query(statement)
        }),
      )
      return (events / (performance.now() - started)) * 1_000
    },
  }
}
