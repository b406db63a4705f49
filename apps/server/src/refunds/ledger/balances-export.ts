import { type Clock, DAY_MS, FenError, formatShanghai, parseYuan, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { type AnyExportKind, exportKind, type PageAfter } from '../../platform/exports/export-kind.ts'
import type { BalanceView } from './balance-view.ts'
import { stateOfBalance, toldWord, wayWord } from './ledger-words.ts'
import { BALANCE_STATES, type BalanceFilter, listBalances } from './list-balances.ts'
import { PROBLEM_WORDS } from './problems.ts'

const YEAR_DAYS = 365

const wish = z.strictObject({
  state: z.enum(BALANCE_STATES).optional(),
  age: z.enum(['1', '3', '5']).optional().describe('余额产生在几年以前'),
  min: z.string().max(14).refine(isYuan, '金额写成元，如 100').optional(),
})

/** The list of the ledger as it is searched, masked; whole names and numbers go another way, for a reason. */
export function balancesExport({
  cipher,
  clock,
}: {
  readonly cipher: Cipher
  readonly clock: Clock
}): AnyExportKind {
  return exportKind({
    ...{ name: 'ledger-balances', zh: '余额台账', permission: 'ledger.export', filters: wish },
    columns: [
      ...[{ title: '院内ID', width: 16 }, { title: '姓名' }, { title: '证件号码', width: 20 }],
      ...[
        { title: '手机号', width: 14 },
        { title: '就诊卡号', width: 14 },
      ],
      ...[
        { title: '未清余额（元）', kind: 'yuan', width: 14 } as const,
        { title: '余额产生日期', width: 12 },
      ],
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
      ...[
        { title: '其他方式结清（元）', kind: 'yuan', width: 16 } as const,
        { title: '结清时间', width: 20 },
      ],
      { title: '待清洗', width: 24 },
    ],
    read: (tx, wanted, { after, limit }: PageAfter<BalanceView>) =>
      listBalances(tx, cipher, filterOf(wanted, clock.nowMs()), { after, limit }, clock.nowMs()),
    cells: (one) => [
      ...[one.patid, one.name, one.idNumber, one.phone, one.card, one.balanceFen, one.since],
      ...[stateOfBalance(one), time(one.firstToldAtMs), time(one.toldAtMs), toldWord(one.toldHow)],
      ...[one.refundedFen, one.refundedWays.map(wayWord).join('、'), time(one.refundedAtMs)],
      ...[one.elsewhereFen, time(one.clearedAtMs)],
      one.problems.map((problem) => PROBLEM_WORDS[problem]).join('、'),
    ],
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
