import { formatShanghai } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { makeTradeBill } from '../../../../../bench/lib/make-bill.ts'
import { BillError } from './bill-error.ts'
import { readTradeBill } from './read-trade-bill.ts'
import { allOf, failureOf, inPieces } from './test-bytes.ts'

// Written by hand: one payment with a coupon, one refund of a part of it, commas in the custom texts.
const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const PAYMENT =
  '`2026-11-22 09:15:02,`wx00aa,`1900000001,`0,`,`42000001,`ZY1,`oUser1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`98.50,`1.50,`0,`0,`0.00,`0.00,`,`,`门诊预交金,充值,`{"k":1\\,"v":2},`0.59000,`0.60%,`100.00,`0.00,`'
const REFUND =
  '`2026-11-22 23:59:59,`wx00aa,`1900000001,`0,`,`42000001,`ZY1,`oUser1,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50300001,`TK1,`29.55,`0.45,`ORIGINAL,`PROCESSING,`门诊预交金,充值,`,`-0.18000,`0.60%,`0.00,`30.00,`'
const TOTALS_HEADER =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const TOTALS = '`2.0,`98.50,`29.55,`0.45,`0.41000,`100.00,`30.00'
const LINES = [HEADER, PAYMENT, REFUND, TOTALS_HEADER, TOTALS]

const file = (lines: readonly string[], end = '\r\n') => `\ufeff${lines.join(end)}${end}`
const read = (lines: readonly string[]) => readTradeBill(inPieces(file(lines)))

test('a day with a payment and a refund', async () => {
  const bill = read(LINES)
  const [payment, refund] = await allOf(bill)
  expect(payment).toEqual({
    tradeTime: '2026-11-22 09:15:02',
    tradeTimeMs: Date.parse('2026-11-22T09:15:02+08:00'),
    appid: 'wx00aa',
    mchid: '1900000001',
    subMchid: '0',
    deviceInfo: '',
    transactionId: '42000001',
    outTradeNo: 'ZY1',
    openid: 'oUser1',
    tradeType: 'JSAPI',
    tradeState: 'SUCCESS',
    bankType: 'OTHERS',
    currency: 'CNY',
    settlementFen: 9_850,
    couponFen: 150,
    refundId: '',
    outRefundNo: '',
    refundFen: 0,
    couponRefundFen: 0,
    refundType: '',
    refundState: '',
    description: '门诊预交金,充值',
    attach: '{"k":1,"v":2}',
    feeFen: 59,
    feeRate: '0.60%',
    totalFen: 10_000,
    requestedRefundFen: 0,
    feeRateRemark: '',
    refundRequestedAtMs: undefined,
    refundSucceededAtMs: undefined,
  })
  expect(refund).toMatchObject({
    tradeState: 'REFUND',
    refundId: '50300001',
    outRefundNo: 'TK1',
    refundFen: 2_955,
    couponRefundFen: 45,
    refundState: 'PROCESSING',
    feeFen: -18,
    requestedRefundFen: 3_000,
  })
  expect(bill.summary()).toEqual({
    rowCount: 2,
    settlementFen: 9_850,
    refundFen: 2_955,
    couponRefundFen: 45,
    feeFen: 41,
    totalFen: 10_000,
    requestedRefundFen: 3_000,
  })
})

test('a day without rows: header and a summary of zeros', async () => {
  const bill = read([HEADER, TOTALS_HEADER, '`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00'])
  expect(await allOf(bill)).toEqual([])
  expect(bill.summary()).toMatchObject({ rowCount: 0, settlementFen: 0 })
})

test.each([
  ['LF', file(LINES, '\n')],
  ['no BOM', file(LINES).slice(1)],
  ['no line end after the summary', file(LINES).trimEnd()],
  ['blank lines at the end', `${file(LINES)}\r\n\r\n`],
  [
    'backticks in the headers',
    file([
      ...LINES.slice(0, 3),
      '`总交易单数,`应结订单总金额,`退款总金额,`充值券退款总金额,`手续费总金额,`订单总金额,`申请退款总金额',
      TOTALS,
    ]),
  ],
])('the form may vary: %s', async (_, text) => {
  const bill = readTradeBill(inPieces(text))
  expect(await allOf(bill)).toHaveLength(2)
  expect(bill.summary().rowCount).toBe(2)
})

describe('columns are found by name', () => {
  // The last column first, and one that did not exist yet.
  const moved = LINES.map((line, index) =>
    index === 0
      ? `新列,费率备注,${line.replace(',费率备注', '')}`
      : index < 3
        ? `\`新,\`注,${line.slice(0, -2)}`
        : line,
  )

  test('in another order and with a new one', async () => {
    const bill = read(moved)
    expect(await allOf(bill)).toMatchObject([
      { outTradeNo: 'ZY1', feeRateRemark: '注', totalFen: 10_000 },
      { outRefundNo: 'TK1', feeRateRemark: '注' },
    ])
    expect((await allOf(read(moved)))[0]).not.toHaveProperty('extra')
  })

  test('the new one is kept when asked for', async () => {
    const bill = readTradeBill(inPieces(file(moved)), { keepExtra: true })
    expect((await allOf(bill)).map((row) => row.extra)).toEqual([{ 新列: '新' }, { 新列: '新' }])
  })

  test.each(['交易时间', '商户订单号', '订单金额', '申请退款金额'])(
    'without %s the file is refused',
    async (name) => {
      const without = HEADER.split(',').filter((column) => column !== name)
      expect(await failureOf(read([without.join(','), ...LINES.slice(1)]))).toMatchObject({
        kind: 'missing-column',
        column: name,
      })
    },
  )

  test('a control total that is not there cannot be compared, so the file is refused', async () => {
    const lines = [HEADER, PAYMENT, REFUND, TOTALS_HEADER.replace(',退款总金额', ',别的'), TOTALS]
    expect(await failureOf(read(lines))).toMatchObject({ kind: 'missing-column', column: '退款总金额' })
  })

  test('a column twice', async () => {
    expect(await failureOf(read([`${HEADER},商户号`, TOTALS_HEADER, TOTALS]))).toMatchObject({
      kind: 'malformed',
      column: '商户号',
    })
  })
})

describe('kinds of bill', () => {
  const success = LINES.map((line) => line)
  success[0] =
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注'
  success[1] =
    '`2026-11-22 09:15:02,`wx00aa,`1900000001,`0,`,`42000001,`ZY1,`oUser1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`98.50,`1.50,`充值,`,`0.59000,`0.60%,`100.00,`'
  success[4] = '`1,`98.50,`0.00,`0.00,`0.59000,`100.00,`0.00'

  test('SUCCESS has no refund columns', async () => {
    const lines = success.filter((_, index) => index !== 2)
    expect(await failureOf(read(lines))).toMatchObject({ kind: 'missing-column' })
    const bill = readTradeBill(inPieces(file(lines)), { kind: 'SUCCESS' })
    expect(await allOf(bill)).toMatchObject([
      { outTradeNo: 'ZY1', refundFen: 0, outRefundNo: '', refundState: '' },
    ])
    expect(bill.summary()).toMatchObject({ rowCount: 1, totalFen: 10_000, refundFen: 0 })
  })

  test('REFUND has two times, the second empty until the refund has succeeded', async () => {
    const [head, times] = [HEADER.split(','), ['退款申请时间', '退款成功时间']]
    const lines = [
      [...head, ...times].join(','),
      `${REFUND},\`2026-11-22 23:59:59,\``,
      `${REFUND},\`2026-11-22 23:59:59,\`2026-11-23 00:00:07`,
      TOTALS_HEADER,
      '`2,`0.00,`59.10,`0.90,`-0.36000,`0.00,`60.00',
    ]
    const rows = await allOf(readTradeBill(inPieces(file(lines)), { kind: 'REFUND' }))
    expect(rows.map((row) => row.refundRequestedAtMs).map((ms) => formatShanghai(ms ?? 0))).toEqual([
      '2026-11-22 23:59:59',
      '2026-11-22 23:59:59',
    ])
    expect(rows.map((row) => row.refundSucceededAtMs)).toEqual([
      undefined,
      Date.parse('2026-11-23T00:00:07+08:00'),
    ])
    expect(await failureOf(readTradeBill(inPieces(file(LINES)), { kind: 'REFUND' }))).toMatchObject({
      kind: 'missing-column',
      column: '退款申请时间',
    })
  })
})

describe('a bill that must not be booked', () => {
  const stated = ['2', '98.50', '29.55', '0.45', '0.41', '100.00', '30.00']
  test.each(TOTALS_HEADER.split(',').map((name, place) => ({ name, place })))(
    'whose $name is not that of the rows',
    async ({ name, place }) => {
      const wrong = stated.map((text, index) => (index === place ? String(Number(text) + 1) : text))
      const error = await failureOf(read([...LINES.slice(0, 4), `\`${wrong.join(',`')}`]))
      const unit = place === 0 ? 1 : 100
      const seen = Math.round(Number(stated[place]) * unit)
      expect(error).toMatchObject({ kind: 'control-totals', column: name, expected: seen + unit, seen })
    },
  )

  test('with a row missing, doubled or of another amount', async () => {
    const kinds = [
      [HEADER, PAYMENT, TOTALS_HEADER, TOTALS],
      [HEADER, PAYMENT, REFUND, REFUND, TOTALS_HEADER, TOTALS],
      [HEADER, PAYMENT.replace('98.50', '98.51'), REFUND, TOTALS_HEADER, TOTALS],
    ].map(async (lines) => ((await failureOf(read(lines))) as BillError).kind)
    expect(await Promise.all(kinds)).toEqual(['control-totals', 'control-totals', 'control-totals'])
  })

  test.each([
    ['no summary', LINES.slice(0, 3), { kind: 'truncated' }],
    ['no summary values', LINES.slice(0, 4), { kind: 'truncated' }],
    ['nothing', [], { kind: 'truncated' }],
    ['no header', LINES.slice(1), { kind: 'not-a-bill' }],
    ['a reply in JSON', ['{"code":"SYSTEM_ERROR","message":"系统错误"}'], { kind: 'not-a-bill' }],
    ['a page', ['<html>', '<body>502</body>', '</html>'], { kind: 'not-a-bill' }],
    [
      'a short row',
      [HEADER, PAYMENT, '`2026-11-22 09:15:02,`wx', ...LINES.slice(3)],
      { kind: 'malformed', row: 2 },
    ],
    ['a long row', [HEADER, `${PAYMENT},\`x`, ...LINES.slice(2)], { kind: 'malformed', row: 1 }],
    [
      'a bad amount',
      [HEADER, PAYMENT.replace('98.50', '九十八'), ...LINES.slice(2)],
      { kind: 'amount', row: 1, column: '应结订单金额' },
    ],
    [
      'a bad time',
      [HEADER, PAYMENT, REFUND.replace('23:59:59', '25:00:00'), ...LINES.slice(3)],
      { kind: 'time', row: 2, column: '交易时间' },
    ],
    [
      'a bad count',
      [...LINES.slice(0, 4), TOTALS.replace('2.0', '两')],
      { kind: 'count', column: '总交易单数' },
    ],
    ['lines after the summary', [...LINES, PAYMENT], { kind: 'malformed' }],
  ])('%s', async (_, lines, expected) => {
    const error = await failureOf(lines.length === 0 ? readTradeBill(inPieces('')) : read(lines))
    expect(error).toBeInstanceOf(BillError)
    expect(error).toMatchObject(expected)
  })

  test('its error names the place and no text of a cell', async () => {
    const error = await failureOf(read([HEADER, PAYMENT.replace('98.50', '98.5o'), ...LINES.slice(2)]))
    expect(String(error)).toBe('BillError: bill: amount (row 1, column 应结订单金额)')
  })
})

describe('the pass', () => {
  test('the summary is not given before the last row, nor after a failure', async () => {
    const bill = readTradeBill(inPieces(file(LINES), 10_000))
    expect(() => bill.summary()).toThrow('not-read-to-end')
    for await (const _ of bill.rows()) {
      expect(() => bill.summary()).toThrow('not-read-to-end')
      break
    }
    expect(() => bill.summary()).toThrow('not-read-to-end')
    const cut = read(LINES.slice(0, 3))
    await failureOf(cut)
    expect(() => cut.summary()).toThrow('not-read-to-end')
  })

  test('a failure of the source passes through: a wrong hash found at the end refuses the bill', async () => {
    const bill = readTradeBill(
      (async function* () {
        yield* inPieces(file(LINES))
        throw new Error('hash differs')
      })(),
    )
    expect(await failureOf(bill)).toMatchObject({ message: 'hash differs' })
    expect(() => bill.summary()).toThrow('not-read-to-end')
  })

  test('leaving early closes the source', async () => {
    let closed = false
    const bill = readTradeBill(
      (async function* () {
        try {
          yield* inPieces(file(LINES))
        } finally {
          closed = true
        }
      })(),
      { batchSize: 1 },
    )
    for await (const batch of bill.batches()) {
      expect(batch).toHaveLength(1)
      break
    }
    expect(closed).toBe(true)
  })

  test('gives batches of the wanted size, also of a file that comes as one chunk', async () => {
    const bytes = makeTradeBill(1_234)
    const sizes: number[] = []
    const bill = readTradeBill(inPieces(bytes, bytes.length), { batchSize: 500 })
    for await (const batch of bill.batches()) sizes.push(batch.length)
    expect(sizes).toEqual([500, 500, 234])
    expect(bill.summary().rowCount).toBe(1_234)
  })

  test('takes no more from the source than its reader asks for, so a large file never piles up', async () => {
    const bytes = makeTradeBill(5_000)
    let given = 0
    const bill = readTradeBill(
      (async function* () {
        for await (const piece of inPieces(bytes, 10_000)) {
          given += piece.length
          yield piece
        }
      })(),
      { batchSize: 100 },
    )
    let rows = 0
    for await (const batch of bill.batches()) {
      rows += batch.length
      expect(given).toBeLessThan((rows / 5_000) * bytes.length + 40_000)
    }
    expect(rows).toBe(5_000)
  })

  test('is one: a second one throws instead of giving an empty day', async () => {
    const bill = read(LINES)
    await allOf(bill)
    await expect(allOf(bill)).rejects.toThrow('read once')
  })
})
