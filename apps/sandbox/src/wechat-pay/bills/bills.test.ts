import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { DAY_MS, HOUR_MS, ManualClock, parseYuan, SECOND_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { type TestMerchant, testMerchant, transferBody } from '../test-merchant.ts'

const TRADE = '/v3/bill/tradebill?bill_date=2026-11-23&bill_type=ALL&tar_type=GZIP'
const flow = (account: string, day = '2026-11-23') =>
  `/v3/bill/fundflowbill?bill_date=${day}&account_type=${account}&tar_type=GZIP`

/** A day with two payments, a refund, and transfers that end in every way. */
async function busyDay() {
  const merchant = testMerchant({ clock: new ManualClock('2026-11-23T08:00:00+08:00') })
  const { act, clock, call, me } = merchant
  for (const [index, amountFen] of [10_000, 2_345].entries()) {
    clock.advance(HOUR_MS)
    const wish = { outTradeNo: `BILL-000${index}`, amountFen, person: 'lihua', description: '充值,含逗号' }
    await act('seed-paid-order', wish)
  }
  await call('POST', '/v3/refund/domestic/refunds', {
    ...{ out_trade_no: 'BILL-0000', out_refund_no: 'BILLR1' },
    amount: { refund: 4_000, total: 10_000, currency: 'CNY' },
  })
  for (const no of ['PAID', 'CANCELLED', 'OPEN']) {
    clock.advance(SECOND_MS)
    await call('POST', '/v3/fund-app/mch-transfer/transfer-bills', transferBody(me, no))
  }
  await act('confirm-transfer', { outBillNo: 'PAID' })
  await call('POST', '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/CANCELLED/cancel')
  clock.advance(HOUR_MS)
  return merchant
}

async function fetchBill(merchant: TestMerchant, url: string) {
  const asked = (await merchant.call('GET', url)).json()
  if (asked.download_url === undefined) return { code: asked.code }
  const { pathname, search } = new URL(asked.download_url)
  const file = await merchant.call('GET', `${pathname}${search}`)
  expect(file.headers['wechatpay-signature']).toBeUndefined()
  return { ...asked, bytes: file.rawPayload }
}

/** Cells by header name, without backticks; the last line is the summary. */
function read(bytes: Buffer) {
  const text = gunzipSync(bytes).toString('utf8')
  expect(text.startsWith('\uFEFF')).toBe(true)
  const lines = text.slice(1).trimEnd().split('\r\n')
  const cells = (line: string | undefined) =>
    String(line)
      .split(',')
      .map((cell) => {
        expect(cell.startsWith('`')).toBe(true)
        return cell.slice(1)
      })
  const table = (header: string | undefined, rows: readonly string[]) =>
    rows.map((line) => {
      const names = String(header).split(',')
      const values = cells(line)
      expect(values).toHaveLength(names.length)
      return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
    })
  return {
    header: String(lines[0]),
    rows: table(lines[0], lines.slice(1, -2)),
    summary: table(lines.at(-2), lines.slice(-1))[0] ?? {},
  }
}

test('a bill is made from 09:00 of the next day, never for today, and only for a day with movements', async () => {
  const merchant = await busyDay()
  const code = async (url: string) => (await fetchBill(merchant, url)).code
  expect(await code(TRADE)).toBe('INVALID_REQUEST')
  merchant.clock.set('2026-11-24T08:59:59+08:00')
  expect(await code(TRADE)).toBe('STATEMENT_CREATING')
  merchant.clock.advance(SECOND_MS)
  expect(await code(TRADE)).toBeUndefined()
  merchant.fault('bill-not-ready', 'trade-bill')
  expect(await code(TRADE)).toBe('STATEMENT_CREATING')
  expect(await code(flow('FEES'))).toBe('NO_STATEMENT_EXIST')
  expect(await code(flow('BASIC', '2026-11-22'))).toBe('NO_STATEMENT_EXIST')
  expect(await code(flow('BASIC', '2026-06-01'))).toBe('INVALID_REQUEST')
  expect(await code(flow('BASIC', '2026-02-30'))).toBe('PARAM_ERROR')
})

test('the trade bill lists payments and refunds, never transfers, with control totals', async () => {
  const merchant = await busyDay()
  merchant.clock.advance(DAY_MS)
  const bill = await fetchBill(merchant, TRADE)
  expect(createHash('sha1').update(gunzipSync(bill.bytes)).digest('hex')).toBe(bill.hash_value)
  const { header, rows, summary } = read(bill.bytes)
  expect(header.split(',')).toHaveLength(27)
  expect(rows.map((row) => [row['商户订单号'], row['交易状态'], row['订单金额'], row['退款金额']])).toEqual([
    ['BILL-0000', 'SUCCESS', '100.00', '0.00'],
    ['BILL-0001', 'SUCCESS', '23.45', '0.00'],
    ['BILL-0000', 'REFUND', '0.00', '40.00'],
  ])
  expect(rows[2]).toMatchObject({ 商户退款单号: 'BILLR1', 退款状态: 'SUCCESS', 商品名称: '充值，含逗号' })
  expect(summary).toMatchObject({ 总交易单数: '3', 订单总金额: '123.45', 退款总金额: '40.00' })

  const refunds = read((await fetchBill(merchant, TRADE.replace('ALL', 'REFUND'))).bytes)
  expect(refunds.rows.map((row) => row['退款申请时间'])).toEqual(['2026-11-23 10:00:00'])
  const paid = read((await fetchBill(merchant, TRADE.replace('ALL', 'SUCCESS'))).bytes)
  expect(paid.rows).toHaveLength(2)
})

test.each(['at-lock', 'at-success'])(
  'the fund flow runs on from day to day (booking %s)',
  async (transferBooking) => {
    const merchant = await busyDay()
    await merchant.act('settings', { transferBooking })
    merchant.clock.set('2026-11-26T10:00:00+08:00')
    const net = new Map<string, number>()
    for (const account of ['BASIC', 'OPERATION']) {
      let balance = 0
      for (const day of ['2026-11-23', '2026-11-24']) {
        const { code, bytes } = await fetchBill(merchant, flow(account, day))
        if (code === 'NO_STATEMENT_EXIST') continue
        const { rows, summary } = read(bytes)
        let income = 0
        for (const row of rows) {
          const amount = parseYuan(String(row['收支金额(元)']))
          const signed = row['收支类型'] === '收入' ? amount : -amount
          if (row['收支类型'] === '收入') income += amount
          expect(parseYuan(String(row['账户结余(元)']))).toBe(balance + signed)
          balance += signed
          const number = String(row['业务凭证号'])
          net.set(number, (net.get(number) ?? 0) + signed)
        }
        expect(summary['资金流水总笔数']).toBe(String(rows.length))
        expect(parseYuan(String(summary['收入金额']))).toBe(income)
      }
      const url = `/v3/merchant/fund/dayendbalance/${account}?date=2026-11-24`
      const asked = await merchant.call('GET', url)
      if (transferBooking === 'at-lock') expect(asked.json().available_amount).toBe(balance)
    }
    // Whichever way it is booked, over days a paid transfer nets to its amount and any other to nothing.
    expect([net.get('PAID'), net.get('CANCELLED') ?? 0, net.get('OPEN') ?? 0]).toEqual([-12_345, 0, 0])
    expect([net.get('BILL-0000'), net.get('BILLR1')]).toEqual([10_000, -4_000])
  },
)

test('faults of bills are seen by hash, length or control totals', async () => {
  const merchant = await busyDay()
  merchant.clock.advance(DAY_MS)
  const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')
  const damaged = (kind: string) => {
    merchant.fault(kind, 'trade-bill')
    return fetchBill(merchant, TRADE)
  }
  const wrongHash = await damaged('bill-wrong-hash')
  expect(sha1(gunzipSync(wrongHash.bytes))).not.toBe(wrongHash.hash_value)
  const truncated = await damaged('bill-truncated')
  expect(() => gunzipSync(truncated.bytes)).toThrow()
  const totals = await damaged('bill-wrong-totals')
  expect(sha1(gunzipSync(totals.bytes))).toBe(totals.hash_value)
  expect(read(totals.bytes).summary['总交易单数']).toBe('4')
})

test('a download belongs to the merchant that asked, and its token dies', async () => {
  const merchant = await busyDay()
  merchant.clock.advance(DAY_MS)
  const { download_url } = (await merchant.call('GET', TRADE)).json()
  const { pathname, search } = new URL(download_url)
  const url = `${pathname}${search}`
  const other = await merchant.call('GET', url, undefined, { mchid: '1999999999' })
  expect([other.statusCode, other.json().code]).toEqual([403, 'NO_AUTH'])
  const unsigned = await merchant.call('GET', url, undefined, { headers: { authorization: '' } })
  expect(unsigned.statusCode).toBe(401)
  expect((await merchant.call('GET', url)).statusCode).toBe(200)
  merchant.clock.advance(5 * 60 * SECOND_MS)
  expect((await merchant.call('GET', url)).statusCode).toBe(400)
})

test('the trade bill of a day stays as it was when an abnormal refund goes on later', async () => {
  const merchant = await busyDay()
  merchant.fault('refund-abnormal')
  const refunds = '/v3/refund/domestic/refunds'
  const asked = await merchant.call('POST', refunds, {
    ...{ out_trade_no: 'BILL-0001', out_refund_no: 'BILLR2' },
    amount: { refund: 345, total: 2_345, currency: 'CNY' },
  })
  merchant.clock.advance(DAY_MS)
  const before = read((await fetchBill(merchant, TRADE)).bytes).rows
  expect(before.at(-1)).toMatchObject({ 商户退款单号: 'BILLR2', 退款状态: 'CHANGE' })
  const path = `${refunds}/${asked.json().refund_id}/apply-abnormal-refund`
  await merchant.call('POST', path, { out_refund_no: 'BILLR2', type: 'MERCHANT_BANK_CARD' })
  expect(read((await fetchBill(merchant, TRADE)).bytes).rows).toEqual(before)
  merchant.clock.advance(2 * DAY_MS)
  expect(read((await fetchBill(merchant, TRADE)).bytes).rows).toEqual(before)
})

test('a refund that was settled before its time stands in the bill as it ended', async () => {
  const merchant = await busyDay()
  await merchant.act('set-person', { person: 'lihua', bankCard: '招商银行借记卡5678' })
  await merchant.call('POST', '/v3/refund/domestic/refunds', {
    ...{ out_trade_no: 'BILL-0001', out_refund_no: 'BILLR3' },
    amount: { refund: 345, total: 2_345, currency: 'CNY' },
  })
  await merchant.act('settle-refund', { outRefundNo: 'BILLR3', status: 'CLOSED' })
  merchant.clock.advance(DAY_MS)
  const { rows } = read((await fetchBill(merchant, TRADE)).bytes)
  expect(rows.at(-1)).toMatchObject({ 商户退款单号: 'BILLR3', 退款状态: 'FAIL' })
})
