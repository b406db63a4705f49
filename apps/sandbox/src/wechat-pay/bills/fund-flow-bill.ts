import { addFen, type Fen, fen, formatShanghai, formatYuan, subtractFen } from '@zhangyi/core'
import { balanceAt } from '../accounts/balance-at.ts'
import type { Account, Entry, EntryKind } from '../accounts/ledger.ts'
import type { PayPlatform } from '../platform.ts'
import type { PaySettings } from '../settings.ts'
import type { BillTable } from './write-bill-file.ts'

export type FundAccount = 'BASIC' | 'OPERATION' | 'FEES'

const HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'.split(
    ',',
  )
const SUMMARY_HEADER = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'.split(',')

/** 资金账单 of one day, with a running balance that goes on from the day before. Undefined when nothing moved. */
export function fundFlowBill(
  platform: PayPlatform,
  type: FundAccount,
  startMs: number,
  endMs: number,
): BillTable | undefined {
  const accounts = accountsOf(type, platform.settings)
  const inside = (account: Account) => accounts.includes(account)
  const entries = platform.ledger.entries
    .filter(({ atMs, from, to }) => atMs >= startMs && atMs < endMs && inside(from) !== inside(to))
    .sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence)
  if (entries.length === 0) return undefined
  let balance = balanceAt(platform.ledger, accounts, startMs)
  const income: Fen[] = []
  const expense: Fen[] = []
  const rows = entries.map((entry) => {
    const incoming = inside(entry.to)
    balance = incoming ? addFen(balance, entry.amountFen) : subtractFen(balance, entry.amountFen)
    ;(incoming ? income : expense).push(entry.amountFen)
    return row(entry, incoming, balance, platform.settings)
  })
  return {
    header: HEADER,
    rows,
    summaryHeader: SUMMARY_HEADER,
    summary: [rows.length, income.length, total(income), expense.length, total(expense)].map(String),
  }
}

// A bill that shows a transfer only once it is paid counts locked money as still there.
function accountsOf(type: FundAccount, { transferBooking }: PaySettings): readonly Account[] {
  if (type === 'BASIC') return ['basic']
  if (type === 'FEES') return []
  return transferBooking === 'at-lock' ? ['operation'] : ['operation', 'locked']
}

function row(entry: Entry, incoming: boolean, balance: Fen, settings: PaySettings): readonly string[] {
  const [name, type] = labels(entry.kind, settings)
  return [
    formatShanghai(entry.atMs),
    entry.wechatNumber,
    `2000${String(entry.sequence).padStart(24, '0')}`,
    ...[name, type, incoming ? '收入' : '支出'],
    formatYuan(entry.amountFen),
    formatYuan(balance),
    'system',
    '',
    entry.number,
  ]
}

function labels(kind: EntryKind, settings: PaySettings): readonly [string, string] {
  const { transferBillName, transferBillReturnType } = settings
  const words: Record<EntryKind, readonly [string, string]> = {
    payment: ['交易', '交易'],
    'refund-held': ['退款', '退款'],
    'refund-returned': ['退款', '退款退回'],
    'refund-paid': ['退款', '退款'],
    'refund-to-merchant-card': ['退款', '退款'],
    'transfer-locked': [transferBillName, transferBillName],
    'transfer-paid': [transferBillName, transferBillName],
    'transfer-returned': [transferBillName, transferBillReturnType],
    'top-up': ['充值', '转账充值'],
    withdrawal: ['提现', '提现'],
  }
  return words[kind]
}

function total(amounts: readonly Fen[]): string {
  return formatYuan(addFen(fen(0), ...amounts))
}
