import { expect, test } from 'vitest'
import { readRechargeCsv } from './read-recharge-csv.ts'

const HEADER = '商户订单号,微信订单号,商户号,用户标识,付款金额(元),已退金额(元),付款时间'
const GOOD = 'CZ20260301001,4200002026030112345678901234,1900000109,oABC,100.10,0,2026-03-01 09:30:00'

test('a table as spreadsheets write it: exact fen, Shanghai time, with byte order mark, quotes and CRLF', () => {
  const quoted = GOOD.split(',').map((cell) => `"${cell}"`)
  const marked = GOOD.replace('4200', '`4200').replace('oABC', '').replace('CZ', '\tCZ')
  const { rows, problems } = readRechargeCsv(`\uFEFF${HEADER}\r\n${quoted.join(',')}\r\n\r\n${marked}\r\n`)
  expect(problems).toEqual([])
  const row = {
    ...{ outTradeNo: 'CZ20260301001', transactionId: '4200002026030112345678901234', mchid: '1900000109' },
    ...{ paidFen: 10_010, refundedFen: 0, paidAtMs: Date.parse('2026-03-01T09:30:00+08:00') },
  }
  expect(rows).toEqual([
    { ...row, openid: 'oABC', line: 2 },
    { ...row, line: 4 },
  ])
})

test('every line that cannot be read exactly is told with its number; the others are read', () => {
  const lines = [
    GOOD.replace('100.10', '100.105'),
    GOOD.replace('100.10', '"1,000.00"'),
    GOOD.replace(',0,', ',,'),
    GOOD.replace('03-01 09', '02-30 09'),
    GOOD.replace('2026-03-01', '2026/3/1'),
    GOOD.replace('oABC', '"oABC'),
    `${GOOD},x`,
    GOOD,
  ]
  const { rows, problems } = readRechargeCsv(
    ['out_trade_no,transaction_id,mchid,openid,paid,refunded,paid_at', ...lines].join('\n'),
  )
  expect(problems.map(({ line, reason }) => `${line} ${reason.slice(0, 4)}`)).toEqual([
    '2 付款金额',
    '3 付款金额',
    '4 已退金额',
    '5 付款时间',
    '6 付款时间',
    '7 引号没有',
    '8 须有 7',
  ])
  expect(rows).toMatchObject([{ line: 9 }])
})

test('another header is refused as a whole', () => {
  expect(readRechargeCsv(GOOD)).toMatchObject({ rows: [], problems: [{ line: 1 }] })
  expect(readRechargeCsv('').problems).toHaveLength(1)
})
