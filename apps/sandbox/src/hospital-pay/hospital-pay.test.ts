import { createHash, createHmac } from 'node:crypto'
import { fen, formatYuan, ManualClock, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryStore } from '../kit/store.ts'
import { type BillTotal, KINDS, type Kind } from './bill.ts'
import { buildHospitalPaySimulator } from './build-hospital-pay-simulator.ts'

const DAY = '2026-11-22'

interface Row {
  readonly kind: Kind
  readonly orderNo: string
  readonly amountFen: number
}

const ROWS: readonly Row[] = [
  { kind: 'payment', orderNo: 'P1', amountFen: 1_250 },
  { kind: 'payment', orderNo: 'P2', amountFen: 50 },
  { kind: 'transfer', orderNo: 'T1', amountFen: 100_000 },
]

function totalsOf(rows: readonly Row[]): readonly BillTotal[] {
  return KINDS.map((kind) => {
    const amounts = rows.filter((row) => row.kind === kind).map(({ amountFen }) => amountFen)
    return { kind, count: amounts.length, amount: fen(amounts.reduce((sum, one) => sum + one, 0)) }
  })
}

function jsonLines(rows: readonly Row[], totals = totalsOf(rows)): string {
  return [
    ...rows.map((row) => ({ record: 'row', ...row, channelNo: '4200001', time: `${DAY} 10:00:00` })),
    ...totals.map(({ kind, count, amount }) => ({ record: 'total', kind, count, amountFen: amount })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}

function csv(rows: readonly Row[], totals = totalsOf(rows)): string {
  return [
    'record,kind,orderNo,channelNo,amount,time,count',
    ...rows.map(
      ({ kind, orderNo, amountFen }) =>
        `row,${kind},${orderNo},4200001,${formatYuan(fen(amountFen))},${DAY} 10:00:00,`,
    ),
    ...totals.map(({ kind, count, amount }) => `total,${kind},,,${formatYuan(amount)},,${count}`),
  ].join('\r\n')
}

function platform() {
  const clock = new ManualClock()
  const store = memoryStore()
  const simulator = buildHospitalPaySimulator({ clock, store, baseUrl: 'http://127.0.0.1:9106', origins: {} })
  const { merchantId, secret } = simulator.credentials as { merchantId: string; secret: string }
  let serial = 0
  const send = (method: 'GET' | 'POST', path: string, body = '', change: Record<string, string> = {}) => {
    const [timestamp, nonce] = [String(Math.floor(clock.nowMs() / SECOND_MS)), `nonce-${++serial}`]
    const headers: Record<string, string> = {
      'content-type': 'application/x-ndjson',
      'x-merchant-id': merchantId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-content-sha256': createHash('sha256').update(body).digest('hex'),
      ...(method === 'POST' && { 'idempotency-key': `key-${serial}` }),
      ...change,
    }
    const lines = [
      ...[method, path, headers['x-merchant-id'], headers['x-timestamp'], headers['x-nonce']],
      ...[headers['idempotency-key'] ?? '', headers['x-content-sha256']],
    ]
    const signature = createHmac('sha256', secret).update(lines.join('\n')).digest('hex')
    return simulator.app.inject({
      ...{ method, url: path },
      headers: { 'x-signature': signature, ...headers },
      ...(method === 'POST' && { payload: body }),
    })
  }
  const upload = (body: string, change?: Record<string, string>) =>
    send('POST', `/bills/${DAY}`, body, change)
  return { simulator, clock, store, send, upload }
}

test('a day in JSON lines: received with a receipt, found again, shown on the page', async () => {
  const { upload, send, simulator } = platform()
  const reply = await upload(jsonLines(ROWS))
  expect([reply.statusCode, reply.json()]).toEqual([
    200,
    expect.objectContaining({
      ...{ day: DAY, version: 1, status: 'accepted', receivedAt: '2026-11-23 09:00:00' },
      totals: [
        { kind: 'payment', count: 2, amountFen: 1_300 },
        { kind: 'refund', count: 0, amountFen: 0 },
        { kind: 'transfer', count: 1, amountFen: 100_000 },
      ],
    }),
  ])
  expect((await send('GET', `/bills/${DAY}`)).json()).toEqual(reply.json())
  expect((await send('GET', `/bills?from=${DAY}&to=${DAY}`)).json().receipts).toEqual([reply.json()])
  expect((await simulator.app.inject('/')).body).toContain('商家转账 1 笔 1000.00 元')
  expect((await simulator.app.inject(`/sandbox/days/${DAY}`)).body).toContain('P2')
})

test('any bill is taken in both forms with the same totals', async () => {
  const row = fc.record({
    kind: fc.constantFrom(...KINDS),
    orderNo: fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/),
    amountFen: fc.integer({ min: 1, max: 10_000_000 }),
  })
  const rowsOf = fc.uniqueArray(row, { maxLength: 12, selector: ({ kind, orderNo }) => `${kind}/${orderNo}` })
  const { upload } = platform()
  await fc.assert(
    fc.asyncProperty(rowsOf, async (rows) => {
      const first = await upload(jsonLines(rows))
      const second = await upload(csv(rows), { 'content-type': 'text/csv; charset=utf-8' })
      expect([first.statusCode, second.statusCode]).toEqual([200, 200])
      expect(second.json().totals).toEqual(first.json().totals)
    }),
    { seed: 20261123, numRuns: 50 },
  )
})

test('the same key and content again is the same receipt; a new key replaces the whole day', async () => {
  const { upload, send } = platform()
  const first = await upload(jsonLines(ROWS), { 'idempotency-key': 'k-1' })
  const again = await upload(jsonLines(ROWS), { 'idempotency-key': 'k-1' })
  expect([again.json(), again.headers['idempotent-replayed']]).toEqual([first.json(), 'true'])
  const other = await upload(jsonLines(ROWS.slice(1)), { 'idempotency-key': 'k-1' })
  expect([other.statusCode, other.json().code]).toEqual([409, 'idempotency-key-reused'])
  expect((await upload(jsonLines(ROWS.slice(1)), { 'idempotency-key': 'k-2' })).json().version).toBe(2)
  expect((await send('GET', `/bills/${DAY}`)).json()).toMatchObject({
    totals: [{ count: 1, amountFen: 50 }, { count: 0 }, { count: 1 }],
  })
})

test('a reply that was lost: the same key tells what was received', async () => {
  const { upload, simulator } = platform()
  simulator.faults.order({ kind: 'http-500-after', operation: 'upload-bill', times: 1 })
  expect((await upload(jsonLines(ROWS), { 'idempotency-key': 'k-1' })).statusCode).toBe(500)
  const again = await upload(jsonLines(ROWS), { 'idempotency-key': 'k-1' })
  expect([again.json().version, again.headers['idempotent-replayed']]).toEqual([1, 'true'])
})

const wrongTotals = (change: Partial<BillTotal>) =>
  totalsOf(ROWS).map((total) => (total.kind === 'payment' ? { ...total, ...change } : total))

test.each([
  ['a sum that is one fen off', jsonLines(ROWS, wrongTotals({ amount: fen(1_301) })), 'totals-mismatch', 4],
  ['a wrong count', jsonLines(ROWS, wrongTotals({ count: 3 })), 'totals-mismatch', 4],
  ['no total of a kind', jsonLines(ROWS, totalsOf(ROWS).slice(0, 2)), 'totals-missing', 6],
  ['a total twice', jsonLines(ROWS, [...totalsOf(ROWS), ...totalsOf(ROWS)]), 'row-invalid', 7],
  ['a number twice', jsonLines([...ROWS, ...ROWS.slice(0, 1)]), 'order-duplicated', 4],
  ['an amount of nothing', jsonLines([{ kind: 'refund', orderNo: 'R', amountFen: 0 }]), 'row-invalid', 1],
  ['broken JSON', `${jsonLines(ROWS)}{"record"`, 'row-invalid', 7],
  ['a row of another day', jsonLines(ROWS).replace(`${DAY} 10`, '2026-11-21 10'), 'row-invalid', 1],
])('a bill with %s is refused as a whole, with the line', async (_what, body, code, row) => {
  const { upload, send } = platform()
  const reply = await upload(body)
  expect([reply.statusCode, reply.json()]).toEqual([422, expect.objectContaining({ code, row })])
  expect((await send('GET', `/bills/${DAY}`)).statusCode).toBe(404)
})

test('in CSV the line numbers count the header', async () => {
  const { upload } = platform()
  const type = { 'content-type': 'text/csv' }
  const off = await upload(csv(ROWS, wrongTotals({ amount: fen(1) })), type)
  expect(off.json()).toMatchObject({ code: 'totals-mismatch', row: 5 })
  expect(off.json().message).toContain('明细共 2 笔 13.00 元，合计行写的是 2 笔 0.01 元')
  expect((await upload(csv(ROWS).replace('12.50', '12.505'), type)).json()).toMatchObject({ row: 2 })
  expect((await upload('a,b', type)).json()).toMatchObject({ row: 1 })
})

test.each([
  ['another merchant', { 'x-merchant-id': 'other' }, 401, 'merchant-unknown'],
  ['a wrong signature', { 'x-signature': 'f'.repeat(64) }, 401, 'signature-invalid'],
  ['an old timestamp', { 'x-timestamp': '1700000000' }, 401, 'timestamp-out-of-range'],
  ['another digest', { 'x-content-sha256': 'f'.repeat(64) }, 400, 'digest-mismatch'],
  ['no key', { 'idempotency-key': '' }, 400, 'header-missing'],
  ['another type', { 'content-type': 'application/json' }, 415, 'type-unsupported'],
])('an upload with %s is refused', async (_what, change, status, code) => {
  const { upload } = platform()
  const reply = await upload(jsonLines(ROWS), change)
  expect([reply.statusCode, reply.json().code]).toEqual([status, code])
})

test('a request that was seen before is refused, even with a good signature', async () => {
  const { upload } = platform()
  await upload(jsonLines(ROWS), { 'x-nonce': 'n-1', 'idempotency-key': 'k-1' })
  const replayed = await upload(jsonLines(ROWS), { 'x-nonce': 'n-1', 'idempotency-key': 'k-1' })
  expect([replayed.statusCode, replayed.json().code]).toEqual([401, 'nonce-reused'])
})

test('days: not today, no made-up ones, none after it was closed', async () => {
  const { send, upload, simulator } = platform()
  const codeOf = async (day: string) => (await send('POST', `/bills/${day}`, jsonLines([]))).json().code
  expect([await codeOf('2026-11-23'), await codeOf('2026-02-30')]).toEqual(['day-not-over', 'day-invalid'])
  await upload(jsonLines(ROWS))
  simulator.actions['close-day']?.({ day: DAY })
  expect((await upload(jsonLines(ROWS))).json().code).toBe('day-closed')
})

test('a receipt that comes late is 202 processing, then accepted', async () => {
  const { upload, send, simulator, clock } = platform()
  simulator.faults.order({ kind: 'receipt-late', times: 1 })
  const reply = await upload(jsonLines(ROWS))
  expect([reply.statusCode, reply.json().status]).toEqual([202, 'processing'])
  clock.advance(10 * MINUTE_MS)
  expect((await send('GET', `/bills/${DAY}`)).json().status).toBe('accepted')
})

test('received days outlive a restart', async () => {
  const { upload, store, clock } = platform()
  await upload(jsonLines(ROWS))
  const again = buildHospitalPaySimulator({ clock, store, baseUrl: 'http://127.0.0.1:9106', origins: {} })
  expect(again.actions['days']?.({})).toHaveLength(1)
})

test('whatever bytes come, the answer is a refusal with a code', async () => {
  const { upload } = platform()
  const type = fc.constantFrom('application/x-ndjson', 'text/csv')
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 120, minLength: 1, unit: 'grapheme' }),
      type,
      async (body, contentType) => {
        const reply = await upload(body, { 'content-type': contentType })
        expect(reply.statusCode).toBe(422)
        expect(reply.json().row).toBeGreaterThan(0)
      },
    ),
    { seed: 20261123, numRuns: 100 },
  )
})
