import { Cipher } from '@zhangyi/server'
import pg from 'pg'
import { sealContent } from '../../../apps/server/src/usage/event-content.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { CONTEXT, REPORT } from './report.ts'

export interface Stored {
  readonly count: number
  readonly state: 'pending' | 'delivered'
  /** Spread evenly over today and the days before it. */
  readonly days: number
}

const AT_ONCE = 500_000

/** Many events at once, by the owner: rows like those of the server, all with one content. */
export async function storeMany(
  { ownerUrl, dataKeyHex }: Pick<ContestantSetup, 'ownerUrl' | 'dataKeyHex'>,
  { count, state, days }: Stored,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const content = sealContent(new Cipher(dataKeyHex), { report: REPORT, context: CONTEXT })
    const nowMs = Date.now()
    await client.query('SET synchronous_commit = off')
    for (let day = 0; day < days; day++)
      await client.query(
        `SELECT usage_add_day((to_timestamp($1 / 1000.0) AT TIME ZONE 'Asia/Shanghai')::date - $2::int)`,
        [nowMs, day],
      )
    for (let done = 0; done < count; done += AT_ONCE)
      await client.query(
        `INSERT INTO usage_event (hospital_id, day, source, scene, occurred_at_ms, after_cutoff, user_id, patient_id,
           content, state, next_action_at_ms, attempts, sent_at_ms, took_ms, request_id, code)
         SELECT 'bench', (to_timestamp($1 / 1000.0) AT TIME ZONE 'Asia/Shanghai')::date - (n % $2)::int, 'app', $3, $1,
           false, 'user_bench', 'pat_bench', $4, $5, CASE WHEN $5 = 'pending' THEN $1::bigint END, 1, $1, 12,
           upper(md5(n::text)), '0'
         FROM generate_series($6::int, $7::int) AS n`,
        [nowMs, days, REPORT.scene, content, state, done + 1, Math.min(count, done + AT_ONCE)],
      )
    await client.query('ANALYZE usage_event')
  } finally {
    await client.end()
  }
}
