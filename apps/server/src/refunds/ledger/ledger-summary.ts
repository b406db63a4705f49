import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { type LedgerStanding, standing } from './snapshot.ts'

/** By how many years the balance has been there; `unknown` without a day. */
export const AGES = ['under-1', '1-to-3', '3-to-5', 'over-5', 'unknown'] as const
export type Age = (typeof AGES)[number]

export const AGE_WORDS: Readonly<Record<Age, string>> = {
  'under-1': '一年以内',
  '1-to-3': '一至三年',
  '3-to-5': '三至五年',
  'over-5': '五年以上',
  unknown: '日期不明',
}

export interface LedgerSummary extends LedgerStanding {
  /** What is open, by age; every age is there. */
  readonly ages: readonly { readonly age: Age; readonly count: number; readonly fen: number }[]
}

const YEAR_DAYS = 365

export async function ledgerSummary(tx: Tx, nowMs: number): Promise<LedgerSummary> {
  const yearsAgo = (years: number) => sql`${shanghaiDay(nowMs - years * YEAR_DAYS * DAY_MS)}::date`
  const { rows } = await sql<{ age: Age; count: number; fen: number }>`
    SELECT CASE WHEN since IS NULL THEN 'unknown' WHEN since > ${yearsAgo(1)} THEN 'under-1'
      WHEN since > ${yearsAgo(3)} THEN '1-to-3' WHEN since > ${yearsAgo(5)} THEN '3-to-5' ELSE 'over-5' END AS age,
      count(*) AS count, sum(balance_fen)::bigint AS fen
    FROM balance_record WHERE hospital_id = ${tx.hospitalId} AND cleared_at_ms IS NULL
    GROUP BY 1`.execute(tx.sql)
  const none = (age: Age) => ({ age, count: 0, fen: 0 })
  return {
    ...(await standing(tx)),
    ages: AGES.map((age) => rows.find((row) => row.age === age) ?? none(age)),
  }
}
