import { describe, expect, test } from 'vitest'
import { readFundFlowBill } from './read-fund-flow-bill.ts'
import { allOf, failureOf, inPieces } from './test-bytes.ts'

// Written by hand: 1,000.00 yuan, a transfer out, its way back after it expired, a top-up.
const HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'
const OUT =
  '`2026-11-22 10:00:00,`13300001,`90001,`商家转账,`商家转账,`支出,`300.10,`699.90,`1900000001API,`门诊预交金退款,`TK1'
const BACK =
  '`2026-11-22 12:00:00,`13300001,`90002,`商家转账,`商家转账退回,`收入,`300.10,`1000.00,`1900000001API,`,`TK1'
const TOP_UP = '`2026-11-22 12:30:00,`20001,`90003,`充值,`充值,`收入,`50.00,`1050.00,`财务,`备注,有逗号,`CZ1'
const TOTALS_HEADER = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'
const TOTALS = '`3.0,`2.0,`350.10,`1.0,`300.10'
const LINES = [HEADER, OUT, BACK, TOP_UP, TOTALS_HEADER, TOTALS]

const file = (lines: readonly string[]) => `\ufeff${lines.join('\r\n')}\r\n`
const read = (lines: readonly string[], options = {}) => readFundFlowBill(inPieces(file(lines)), options)

test('a day of an account, from its opening to its closing balance', async () => {
  const bill = read(LINES)
  const rows = await allOf(bill)
  expect(rows[0]).toEqual({
    bookedTime: '2026-11-22 10:00:00',
    bookedTimeMs: Date.parse('2026-11-22T10:00:00+08:00'),
    businessNo: '13300001',
    flowNo: '90001',
    businessName: '商家转账',
    businessType: '商家转账',
    direction: 'out',
    amountFen: 30_010,
    signedFen: -30_010,
    balanceFen: 69_990,
    submitter: '1900000001API',
    remark: '门诊预交金退款',
    voucherNo: 'TK1',
  })
  expect(rows[2]).toMatchObject({
    direction: 'in',
    signedFen: 5_000,
    remark: '备注,有逗号',
    voucherNo: 'CZ1',
  })
  expect(bill.summary()).toEqual({
    rowCount: 3,
    incomeCount: 2,
    incomeFen: 35_010,
    expenseCount: 1,
    expenseFen: 30_010,
    openingBalanceFen: 100_000,
    closingBalanceFen: 105_000,
  })
})

test('a transfer that came back nets to nothing by its number', async () => {
  const rows = await allOf(read(LINES))
  const net = rows.filter((row) => row.voucherNo === 'TK1').reduce((sum, row) => sum + row.signedFen, 0)
  expect(net).toBe(0)
})

test('a day without movements has no balances', async () => {
  const bill = read([HEADER, TOTALS_HEADER, '`0.0,`0.0,`0.00,`0.0,`0.00'])
  expect(await allOf(bill)).toEqual([])
  expect(bill.summary()).toEqual({
    rowCount: 0,
    incomeCount: 0,
    incomeFen: 0,
    expenseCount: 0,
    expenseFen: 0,
    openingBalanceFen: undefined,
    closingBalanceFen: undefined,
  })
})

test('wide brackets in the header are the same column', async () => {
  const lines = [HEADER.replaceAll('(元)', '（元）'), ...LINES.slice(1)]
  expect(await allOf(read(lines))).toHaveLength(3)
})

describe('a bill that must not be booked', () => {
  test('a balance that does not follow names its row', async () => {
    const lines = [HEADER, OUT, BACK.replace('1000.00', '1000.01'), TOP_UP, TOTALS_HEADER, TOTALS]
    expect(await failureOf(read(lines))).toMatchObject({
      kind: 'running-balance',
      row: 2,
      expected: 100_000,
      seen: 100_001,
    })
  })

  test('a row taken out, and the totals made to fit: the balance tells', async () => {
    const lines = [HEADER, OUT, TOP_UP, TOTALS_HEADER, '`2,`1,`50.00,`1,`300.10']
    expect(await failureOf(read(lines))).toMatchObject({ kind: 'running-balance', row: 2 })
  })

  test('an account out of booking order can be read without that check, and then has no balances', async () => {
    const lines = [HEADER, TOP_UP, BACK, OUT, TOTALS_HEADER, TOTALS]
    expect(await failureOf(read(lines))).toMatchObject({ kind: 'running-balance' })
    const bill = read(lines, { checkBalance: false })
    expect(await allOf(bill)).toHaveLength(3)
    expect(bill.summary()).toMatchObject({
      rowCount: 3,
      openingBalanceFen: undefined,
      closingBalanceFen: undefined,
    })
  })

  test.each([
    ['资金流水总笔数', '`4,`2,`350.10,`1,`300.10', 4, 3],
    ['收入笔数', '`3,`1,`350.10,`1,`300.10', 1, 2],
    ['收入金额', '`3,`2,`350.11,`1,`300.10', 35_011, 35_010],
    ['支出笔数', '`3,`2,`350.10,`2,`300.10', 2, 1],
    ['支出金额', '`3,`2,`350.10,`1,`300.09', 30_009, 30_010],
  ])('%s is not that of the rows', async (column, totals, expected, seen) => {
    expect(await failureOf(read([...LINES.slice(0, 5), totals]))).toMatchObject({
      kind: 'control-totals',
      column,
      expected,
      seen,
    })
  })

  test('a direction that is neither in nor out is not guessed', async () => {
    const lines = [HEADER, OUT.replace('支出', '冻结'), BACK, TOP_UP, TOTALS_HEADER, TOTALS]
    expect(await failureOf(read(lines))).toMatchObject({ kind: 'direction', row: 1, column: '收支类型' })
  })

  test('a trade bill in the place of a fund-flow bill', async () => {
    expect(await failureOf(read(['交易时间,公众账号ID,商户号', '`a,`b,`c']))).toMatchObject({
      kind: 'not-a-bill',
    })
  })

  test('cut before its summary', async () => {
    expect(await failureOf(read(LINES.slice(0, 4)))).toMatchObject({ kind: 'truncated' })
  })
})
