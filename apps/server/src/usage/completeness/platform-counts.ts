import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { eachLine, readCsv } from '../read-csv.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import { isDay } from './days-between.ts'

export interface PlatformCount {
  readonly day: string
  readonly scene: string
  readonly count: number
}

const MOST = 100_000_000

/** A table of day, scene and count, as an operator takes it from the platform's console. */
export function readPlatformCounts(csv: string): readonly PlatformCount[] {
  const lines = readCsv(csv, ([day = '']) => /^(day|日期)/i.test(day))
  return eachLine(lines, ([date = '', scene = '', count = '']) => {
    const day = date.replaceAll('/', '-').replace(/-(\d)(?=-|$)/g, '-0$1')
    if (!isDay(day)) return '第一列是日期，如 2026-11-28'
    if (!/^\d{6,8}$/.test(scene)) return '第二列是 6 至 8 位数字的环节代码'
    const number = Number(count.replaceAll(',', ''))
    if (count === '' || !Number.isInteger(number) || number < 0 || number > MOST) return '第三列是数量'
    return { day, scene, count: number }
  })
}

/** Keeps the platform console's own numbers; the last one of a day and scene holds. Returns how many. */
export async function storePlatformCounts(
  { database, clock }: Pick<UsageDesk, 'database' | 'clock'>,
  hospital: UsageHospital,
  operator: string,
  counts: readonly PlatformCount[],
): Promise<number> {
  const last = [...new Map(counts.map((one) => [`${one.day} ${one.scene}`, one])).values()]
  const nowMs = clock.nowMs()
  await database.inTransaction(hospital.id, async (tx) => {
    await sql`
      INSERT INTO usage_platform_count (hospital_id, day, scene, count, entered_by, entered_at_ms)
      SELECT ${tx.hospitalId}, day, scene, count, ${operator}, ${nowMs}
      FROM unnest(${last.map(({ day }) => day)}::date[], ${last.map(({ scene }) => scene)}::text[],
        ${last.map(({ count }) => count)}::integer[]) AS told (day, scene, count)
      ORDER BY day, scene
      ON CONFLICT (hospital_id, day, scene) DO UPDATE
      SET count = excluded.count, entered_by = excluded.entered_by, entered_at_ms = excluded.entered_at_ms`.execute(
      tx.sql,
    )
    recordAudit(tx, {
      ...{ atMs: nowMs, actor: `operator:${operator}`, action: 'usage.platform-counts' },
      ...{ subject: last.length === 1 ? `${last[0]?.day} ${last[0]?.scene}` : 'import' },
      ...{ traceId: currentTraceId(), detail: { count: last.length } },
    })
  })
  return last.length
}
