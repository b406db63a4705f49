import { type Fen, fen } from '@zhangyi/core'
import { BillError } from './bill-error.ts'
import type { ExtraColumns } from './columns.ts'
import { addExactly, compareAmount, compareCount } from './compare-totals.ts'
import { createTimeParser, parseAmount } from './parse-cells.ts'
import type { BillForm } from './read-bill.ts'

/** One movement of one account. */
export interface FundFlowRow {
  /** 记账时间, `yyyy-MM-dd HH:mm:ss` in Shanghai. */
  readonly bookedTime: string
  readonly bookedTimeMs: number
  /** 微信支付业务单号: of a transfer its transfer_bill_no. */
  readonly businessNo: string
  /** 资金流水单号 */
  readonly flowNo: string
  /** 业务名称 and 业务类型 are texts that change; show them, never decide by them. */
  readonly businessName: string
  readonly businessType: string
  /** 收支类型: 收入 or 支出. */
  readonly direction: 'in' | 'out'
  /** 收支金额 as written. */
  readonly amountFen: Fen
  /** Plus for 收入, minus for 支出: what the movement did to the balance. */
  readonly signedFen: Fen
  /** 账户结余 after the movement. */
  readonly balanceFen: Fen
  /** 资金变更提交申请人 */
  readonly submitter: string
  readonly remark: string
  /** 业务凭证号: of a transfer generally its out_bill_no. */
  readonly voucherNo: string
  /** Only with `keepExtra`: columns that this version does not know. */
  readonly extra?: ExtraColumns
}

/** Sums over all rows, equal to the file's own summary. */
export interface FundFlowSummary {
  readonly rowCount: number
  readonly incomeCount: number
  readonly incomeFen: Fen
  readonly expenseCount: number
  readonly expenseFen: Fen
  /** Balance before the first row; a day's opening is the day before's closing. Undefined without rows. */
  readonly openingBalanceFen: Fen | undefined
  /** Balance after the last row. Undefined without rows. */
  readonly closingBalanceFen: Fen | undefined
}

const COLUMNS = [
  ...['记账时间', '微信支付业务单号', '资金流水单号', '业务名称', '业务类型', '收支类型', '收支金额(元)'],
  ...['账户结余(元)', '资金变更提交申请人', '备注', '业务凭证号'],
] as const
const TOTALS = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'] as const

/** `checkBalance` false gives up the row-by-row check, and with it the opening and closing balance. */
export function fundFlowBillForm(
  keepExtra: boolean,
  checkBalance: boolean,
): BillForm<FundFlowRow, FundFlowSummary> {
  return {
    requiredColumns: COLUMNS,
    summaryMarker: '资金流水总笔数',
    requiredTotals: TOTALS,
    begin(columns) {
      const [time, business, flow, name, type, way, amount, balance, submitter, remark, voucher] =
        COLUMNS.map((column) => columns.place(column)) as unknown as Eleven
      const parseTime = createTimeParser()
      const extraOf = columns.extraOf(COLUMNS, keepExtra)
      const sums = { incomeCount: 0, incomeFen: 0, expenseCount: 0, expenseFen: 0 }
      let opening: Fen | undefined
      let closing: Fen | undefined

      const follow = (row: number, signed: number, seen: Fen) => {
        opening ??= fen(seen - signed)
        const expected = addExactly(closing ?? opening, signed)
        if (seen !== expected)
          throw new BillError('running-balance', { row, column: '账户结余(元)', expected, seen })
        closing = seen
      }

      return {
        readRow(cells, row) {
          const bookedTime = cells[time] ?? ''
          const direction = directionOf(cells[way] ?? '', row)
          const amountFen = parseAmount(cells[amount] ?? '', row, '收支金额(元)')
          const balanceFen = parseAmount(cells[balance] ?? '', row, '账户结余(元)')
          const signedFen = direction === 'in' || amountFen === 0 ? amountFen : fen(-amountFen)
          if (checkBalance) follow(row, signedFen, balanceFen)
          if (direction === 'in') {
            sums.incomeCount += 1
            sums.incomeFen = addExactly(sums.incomeFen, amountFen)
          } else {
            sums.expenseCount += 1
            sums.expenseFen = addExactly(sums.expenseFen, amountFen)
          }
          const read: FundFlowRow = {
            bookedTime,
            bookedTimeMs: parseTime(bookedTime, row, '记账时间'),
            businessNo: cells[business] ?? '',
            flowNo: cells[flow] ?? '',
            businessName: cells[name] ?? '',
            businessType: cells[type] ?? '',
            direction,
            amountFen,
            signedFen,
            balanceFen,
            submitter: cells[submitter] ?? '',
            remark: cells[remark] ?? '',
            voucherNo: cells[voucher] ?? '',
          }
          const extra = extraOf(cells)
          return extra ? { ...read, extra } : read
        },
        finish: (stated) => ({
          rowCount: compareCount(
            '资金流水总笔数',
            stated('资金流水总笔数'),
            sums.incomeCount + sums.expenseCount,
          ),
          incomeCount: compareCount('收入笔数', stated('收入笔数'), sums.incomeCount),
          incomeFen: compareAmount('收入金额', stated('收入金额'), sums.incomeFen),
          expenseCount: compareCount('支出笔数', stated('支出笔数'), sums.expenseCount),
          expenseFen: compareAmount('支出金额', stated('支出金额'), sums.expenseFen),
          openingBalanceFen: opening,
          closingBalanceFen: closing,
        }),
      }
    },
  }
}

type Eleven = [number, number, number, number, number, number, number, number, number, number, number]

function directionOf(text: string, row: number): 'in' | 'out' {
  if (text === '收入') return 'in'
  if (text === '支出') return 'out'
  throw new BillError('direction', { row, column: '收支类型' })
}
