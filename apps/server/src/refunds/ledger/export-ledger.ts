import { fen, formatShanghai, formatYuan, type HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { csvLine } from '../../platform/csv/csv-line.ts'
import { badInput } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { maskPerson } from './balance-view.ts'
import type { LedgerDesk } from './ledger-room.ts'
import { stateOfBalance, toldWord, wayWord } from './ledger-words.ts'
import { PROBLEM_WORDS } from './problems.ts'
import { openPerson } from './sealed-person.ts'
import { BALANCE_COLUMNS, type BalanceRow } from './tables.ts'

const ROWS_AT_ONCE = 1_000
const SHORTEST_REASON = 4
const LONGEST_REASON = 200

const HEADINGS = [
  ...['院内ID', '姓名', '证件号码', '手机号', '就诊卡号', '未清余额(元)', '余额产生日期', '状态'],
  ...['首次告知', '最近告知', '告知方式', '已退金额(元)', '退款方式', '最近退款', '其他方式结清(元)'],
  ...['结清时间', '来源', '待清洗'],
]

export interface ExportWish {
  /** Why names and numbers are needed whole; without it they are masked. */
  readonly fullReason?: string | undefined
}

/**
 * The whole ledger as a table for a spreadsheet, in pieces: who, how much, since when, told when, refunded how. That it
 * was taken, by whom and why, stands in the audit before the first piece is given out.
 */
export async function exportLedger(
  room: LedgerDesk,
  hospital: HospitalId,
  { fullReason }: ExportWish,
  by: string,
): Promise<AsyncGenerator<string>> {
  const reason = fullReason?.trim()
  if (reason !== undefined && (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON))
    throw badInput({
      field: 'fullReason',
      message: `导出完整信息要写明用途，${SHORTEST_REASON} 至 ${LONGEST_REASON} 个字`,
    })
  await room.database.inTransaction(hospital, (tx) =>
    recordAudit(tx, {
      ...{ atMs: room.clock.nowMs(), actor: `operator:${by}`, action: 'refunds.ledger-exported' },
      ...{ subject: 'ledger', traceId: currentTraceId() },
      detail: { full: reason !== undefined, reason: reason ?? 'none' },
    }),
  )
  return pieces(room, hospital, reason !== undefined)
}

async function* pieces(
  { database, cipher }: LedgerDesk,
  hospital: HospitalId,
  full: boolean,
): AsyncGenerator<string> {
  // Without the byte order mark a Chinese spreadsheet reads other letters.
  yield `\uFEFF${csvLine(HEADINGS)}\r\n`
  for (let after = ''; ; ) {
    const { rows } = await database.inTransaction(hospital, (tx) =>
      sql<BalanceRow>`
        SELECT ${BALANCE_COLUMNS} FROM balance_record WHERE hospital_id = ${hospital} AND patid > ${after}
        ORDER BY patid LIMIT ${ROWS_AT_ONCE}`.execute(tx.sql),
    )
    if (rows.length > 0)
      yield rows
        .map((row) => `${csvLine(cellsOf(row, openPerson(cipher, row.person).reveal(), full))}\r\n`)
        .join('')
    if (rows.length < ROWS_AT_ONCE) return
    after = rows.at(-1)?.patid ?? ''
  }
}

function cellsOf(
  row: BalanceRow,
  whole: Parameters<typeof maskPerson>[0],
  full: boolean,
): readonly (string | null)[] {
  const { name, idNumber, phone, card } = full ? whole : maskPerson(whole)
  const time = (ms: number | null) => (ms === null ? null : formatShanghai(ms))
  return [
    ...[asText(row.patid), name, asText(idNumber), asText(phone), asText(card), yuan(row.balance_fen)],
    ...[row.since, stateOf(row), time(row.first_told_at_ms), time(row.told_at_ms), toldWord(row.told_how)],
    ...[yuan(row.refunded_fen), row.refunded_ways.map(wayWord).join('、')],
    ...[time(row.refunded_at_ms), yuan(row.elsewhere_fen), time(row.cleared_at_ms)],
    ...[
      row.source === 'file' ? '文件' : 'HIS 查询',
      row.problems.map((one) => PROBLEM_WORDS[one]).join('、'),
    ],
  ]
}

/** A spreadsheet rounds long numbers and drops zeros in front; a tab behind keeps them text, and reading drops it. */
function asText(text: string): string {
  return /^0\d+$|^\d{12,}$/.test(text) ? `${text}\t` : text
}

function yuan(amount: number): string {
  return formatYuan(fen(amount))
}

function stateOf(row: BalanceRow): string {
  return stateOfBalance({
    ...{ clearedAtMs: row.cleared_at_ms, refundedFen: row.refunded_fen },
    ...{ elsewhereFen: row.elsewhere_fen, toldAtMs: row.told_at_ms },
  })
}
