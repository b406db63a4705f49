import { DAY_MS, FenError, formatShanghai, parseYuan, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import { type AnyExportKind, exportKind, type PageAfter } from '../../platform/exports/export-kind.ts'
import type { ExportColumn } from '../../platform/exports/files/cell.ts'
import { maskPerson } from './balance-view.ts'
import type { LedgerDesk } from './ledger-room.ts'
import { stateOfBalance, toldWord, wayWord } from './ledger-words.ts'
import { BALANCE_STATES, type BalanceFilter, balancesQuery } from './list-balances.ts'
import { PROBLEM_WORDS } from './problems.ts'
import { type BalancePerson, openPerson } from './sealed-person.ts'
import type { BalanceRow } from './tables.ts'

const YEAR_DAYS = 365

const wish = z.strictObject({
  state: z.enum(BALANCE_STATES).optional(),
  age: z.enum(['1', '3', '5']).optional().describe('余额产生在几年以前'),
  min: z.string().max(14).refine(isYuan, '金额写成元，如 100').optional(),
})

const COLUMNS: readonly ExportColumn[] = [
  ...[{ title: '院内ID', width: 16 }, { title: '姓名' }, { title: '证件号码', width: 20 }],
  ...[
    { title: '手机号', width: 14 },
    { title: '就诊卡号', width: 14 },
  ],
  ...[{ title: '未清余额（元）', kind: 'yuan', width: 14 } as const, { title: '余额产生日期', width: 12 }],
  ...[
    { title: '状态', width: 16 },
    { title: '首次告知', width: 20 },
    { title: '最近告知', width: 20 },
  ],
  ...[{ title: '告知方式', width: 16 }, { title: '已退（元）', kind: 'yuan', width: 14 } as const],
  ...[
    { title: '退款方式', width: 16 },
    { title: '最近退款', width: 20 },
  ],
  ...[{ title: '其他方式结清（元）', kind: 'yuan', width: 16 } as const, { title: '结清时间', width: 20 }],
  ...[
    { title: '来源', width: 10 },
    { title: '待清洗', width: 24 },
  ],
]

type Parts = Pick<LedgerDesk, 'cipher' | 'clock'>

/** The list of the ledger as it is searched, masked. */
export function balancesExport(parts: Parts): AnyExportKind {
  return ledgerKind(parts, {
    ...{ name: 'ledger-balances', zh: '余额台账', permission: 'ledger.export', shown: maskPerson },
  })
}

/** The same with whole names and numbers: for a reason, and under a permission of its own. */
export function wholeLedgerExport(parts: Parts): AnyExportKind {
  return ledgerKind(parts, {
    ...{ name: 'ledger-whole', zh: '余额台账（完整信息）', permission: 'ledger.unmask', needsReason: true },
    shown: (person) => person,
  })
}

interface Way extends Pick<AnyExportKind, 'name' | 'zh' | 'permission' | 'needsReason'> {
  readonly shown: (person: BalancePerson) => BalancePerson
}

function ledgerKind({ cipher, clock }: Parts, { shown, ...way }: Way): AnyExportKind {
  return exportKind({
    ...{ ...way, filters: wish, columns: COLUMNS },
    read: async (tx, wanted, { after: last, limit }: PageAfter<BalanceRow>) => {
      const nowMs = clock.nowMs()
      const after = last && { balanceFen: last.balance_fen, patid: last.patid }
      const page = { after, limit }
      return (
        await balancesQuery(tx.hospitalId, cipher, filterOf(wanted, nowMs), page, nowMs).execute(tx.sql)
      ).rows
    },
    cells: (row) => {
      const { name, idNumber, phone, card } = shown(openPerson(cipher, row.person).reveal())
      return [
        ...[row.patid, name, idNumber, phone, card, row.balance_fen, row.since, stateOf(row)],
        ...[time(row.first_told_at_ms), time(row.told_at_ms), toldWord(row.told_how)],
        ...[row.refunded_fen, row.refunded_ways.map(wayWord).join('、'), time(row.refunded_at_ms)],
        ...[row.elsewhere_fen, time(row.cleared_at_ms), row.source === 'file' ? '文件' : 'HIS 查询'],
        row.problems.map((problem) => PROBLEM_WORDS[problem]).join('、'),
      ]
    },
  })
}

function stateOf(row: BalanceRow): string {
  return stateOfBalance({
    ...{ clearedAtMs: row.cleared_at_ms, refundedFen: row.refunded_fen },
    ...{ elsewhereFen: row.elsewhere_fen, toldAtMs: row.told_at_ms },
  })
}

function filterOf({ state, age, min }: z.output<typeof wish>, nowMs: number): BalanceFilter {
  return {
    ...(state && { state }),
    ...(age && { sinceBefore: shanghaiDay(nowMs - Number(age) * YEAR_DAYS * DAY_MS) }),
    ...(min !== undefined && { minFen: parseYuan(min) }),
  }
}

function isYuan(text: string): boolean {
  try {
    return parseYuan(text) >= 0
  } catch (error) {
    if (error instanceof FenError) return false
    throw error
  }
}

function time(ms: number | null): string | null {
  return ms === null ? null : formatShanghai(ms)
}
