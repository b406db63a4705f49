import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FUND_FLOW_COLUMNS,
  FUND_FLOW_TOTALS,
  makeFundFlowBill,
  makeTradeBill,
  TRADE_COLUMNS,
  TRADE_TOTALS,
  writeBill,
  yuan,
} from '../../../../../bench/lib/make-bill.ts'
import { BillError } from './bill-error.ts'
import { readFundFlowBill } from './read-fund-flow-bill.ts'
import { readTradeBill } from './read-trade-bill.ts'
import { allOf, failureOf, inPieces } from './test-bytes.ts'

const seed = 20_261_123

// Texts as people type them: Chinese, a character outside the BMP, commas, backticks, quotes. A backslash before a comma
// would be the escape itself, so none is generated.
const texts = fc.string({ unit: fc.constantFrom(...'门诊𠮷a,0`"\' =+'), maxLength: 12 })
const numbers = fc.string({ unit: fc.constantFrom(...'0123456789abcXYZ'), minLength: 6, maxLength: 12 })
const amounts = fc.integer({ min: 0, max: 100_000_000 })
const decimals = fc.integer({ min: 2, max: 5 })
const times = fc
  .integer({ min: 0, max: 86_399 })
  .map((second) => new Date(Date.parse('2026-11-22T00:00:00Z') + second * 1_000).toISOString())
  .map((iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`)

/** Cuts anywhere, also inside a character: sizes from one byte up, used in turn. */
async function* cutAt(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array, void> {
  let offset = 0
  for (let turn = 0; offset < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(offset, offset + size)
    offset += size
  }
}
const cuts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 })

const tradeRows = fc.array(
  fc.record({
    tradeTime: times,
    outTradeNo: numbers,
    isRefund: fc.boolean(),
    amountFen: amounts,
    feeFen: amounts,
    description: texts,
    attach: texts,
    feeDecimals: decimals,
  }),
  { maxLength: 12 },
)

describe(`whatever is written is read again (seed ${seed})`, () => {
  test('trade bills', async () => {
    await fc.assert(
      fc.asyncProperty(
        tradeRows,
        cuts,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (rows, sizes, bare, lineEnd) => {
          // Bare commas are told from separators by the backtick after these, so no text may hold both in a row.
          const safe = bare
            ? rows.map((row) => ({
                ...row,
                description: untick(row.description),
                attach: untick(row.attach),
              }))
            : rows
          const sum = (pick: (row: (typeof safe)[number]) => number) =>
            safe.reduce((total, row) => total + pick(row), 0)
          const paid = sum((row) => (row.isRefund ? 0 : row.amountFen))
          const refunded = sum((row) => (row.isRefund ? row.amountFen : 0))
          const fees = sum((row) => (row.isRefund ? -row.feeFen : row.feeFen))
          const cells = safe.map((row) => {
            const [pay, back] = row.isRefund ? ['0.00', yuan(row.amountFen)] : [yuan(row.amountFen), '0.00']
            return [
              ...[
                row.tradeTime,
                'wx1',
                '1900000001',
                '0',
                '',
                `42${row.outTradeNo}`,
                row.outTradeNo,
                'o1',
                'JSAPI',
              ],
              ...[row.isRefund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', pay, '0.00'],
              ...(row.isRefund ? [`50${row.outTradeNo}`, `TK${row.outTradeNo}`] : ['0', '0']),
              ...[back, '0.00', '', row.isRefund ? 'PROCESSING' : '', row.description, row.attach],
              ...[yuan(row.isRefund ? -row.feeFen : row.feeFen, row.feeDecimals), '0.60%', pay, back, ''],
            ]
          })
          const text = writeBill({
            columns: TRADE_COLUMNS,
            rows: cells,
            totalColumns: TRADE_TOTALS,
            totals: [
              `${rows.length}.0`,
              yuan(paid),
              yuan(refunded),
              '0.00',
              yuan(fees, 5),
              yuan(paid),
              yuan(refunded),
            ],
            lineEnd,
            escapeCommas: !bare,
          })
          const bill = readTradeBill(cutAt(Buffer.from(text), sizes), { batchSize: 5 })
          expect(await allOf(bill)).toMatchObject(
            safe.map((row) => ({
              tradeTime: row.tradeTime,
              tradeTimeMs: Date.parse(`${row.tradeTime.replace(' ', 'T')}+08:00`),
              transactionId: `42${row.outTradeNo}`,
              outTradeNo: row.outTradeNo,
              outRefundNo: row.isRefund ? `TK${row.outTradeNo}` : '',
              settlementFen: row.isRefund ? 0 : row.amountFen,
              requestedRefundFen: row.isRefund ? row.amountFen : 0,
              feeFen: row.isRefund && row.feeFen !== 0 ? -row.feeFen : row.feeFen,
              description: row.description,
              attach: row.attach,
            })),
          )
          expect(bill.summary()).toMatchObject({
            rowCount: rows.length,
            settlementFen: paid,
            refundFen: refunded,
            feeFen: fees,
          })
        },
      ),
      { seed, numRuns: 150 },
    )
  })

  test('fund-flow bills', async () => {
    const movements = fc.array(
      fc.record({
        bookedTime: times,
        isIn: fc.boolean(),
        amountFen: amounts,
        remark: texts,
        voucherNo: numbers,
      }),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(movements, amounts, cuts, async (rows, opening, sizes) => {
        let balance = opening
        const expected = rows.map((row) => {
          balance += row.isIn ? row.amountFen : -row.amountFen
          return {
            bookedTime: row.bookedTime,
            direction: row.isIn ? 'in' : 'out',
            amountFen: row.amountFen,
            balanceFen: balance,
            remark: row.remark,
            voucherNo: row.voucherNo,
          }
        })
        const sumOf = (direction: string) =>
          expected.filter((row) => row.direction === direction).reduce((sum, row) => sum + row.amountFen, 0)
        const incomes = expected.filter((row) => row.direction === 'in').length
        const text = writeBill({
          columns: FUND_FLOW_COLUMNS,
          rows: expected.map((row) => [
            ...[
              row.bookedTime,
              '133',
              '900',
              '商家转账',
              '商家转账',
              row.direction === 'in' ? '收入' : '支出',
            ],
            ...[yuan(row.amountFen), yuan(row.balanceFen), '1900000001API', row.remark, row.voucherNo],
          ]),
          totalColumns: FUND_FLOW_TOTALS,
          totals: [
            String(rows.length),
            `${incomes}.0`,
            yuan(sumOf('in')),
            String(rows.length - incomes),
            yuan(sumOf('out')),
          ],
          escapeCommas: true,
        })
        const bill = readFundFlowBill(cutAt(Buffer.from(text), sizes))
        expect(await allOf(bill)).toMatchObject(expected)
        const none = rows.length === 0
        expect(bill.summary()).toMatchObject({
          incomeFen: sumOf('in'),
          expenseFen: sumOf('out'),
          openingBalanceFen: none ? undefined : opening,
          closingBalanceFen: none ? undefined : balance,
        })
      }),
      { seed, numRuns: 150 },
    )
  })
})

const untick = (text: string) => text.replaceAll('`', "'")

describe(`what is not the bill is refused with a typed error (seed ${seed})`, () => {
  const trade = makeTradeBill(12)
  const flow = makeFundFlowBill(12)
  const readers = [
    (bytes: Buffer) => readTradeBill(inPieces(bytes, 50)),
    (bytes: Buffer) => readFundFlowBill(inPieces(bytes, 50)),
  ]
  const sources = fc.constantFrom<[Buffer, number]>([trade, 0], [flow, 1])
  const failure = async (bytes: Buffer, which: number) => {
    const reader = readers[which]
    if (!reader) throw new Error('no reader')
    return failureOf(reader(bytes))
  }

  test('a bill cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        sources,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        async ([bytes, which], part) => {
          // Up to the start of the summary's values; a cut inside the last number is found by the totals below.
          const end = bytes.lastIndexOf('`', bytes.lastIndexOf(','))
          const error = await failure(bytes.subarray(0, Math.floor(part * end)), which)
          expect(error).toBeInstanceOf(BillError)
          expect(['truncated', 'not-a-bill']).toContain((error as BillError).kind)
        },
      ),
      { seed, numRuns: 200 },
    )
  })

  test('a digit changed in an amount column', async () => {
    await fc.assert(
      fc.asyncProperty(
        sources,
        fc.nat(11),
        fc.integer({ min: 1, max: 9 }),
        async ([bytes, which], row, add) => {
          const lines = bytes.toString().split('\r\n')
          const cells = (lines[row + 1] ?? '').split(',`')
          const place = which === 0 ? 24 : 6
          const cell = cells[place] ?? ''
          cells[place] = `${cell.slice(0, -1)}${(Number(cell.at(-1)) + add) % 10}`
          lines[row + 1] = cells.join(',`')
          const error = await failure(Buffer.from(lines.join('\r\n')), which)
          expect(['control-totals', 'running-balance']).toContain((error as BillError).kind)
        },
      ),
      { seed, numRuns: 100 },
    )
  })

  test('bytes overwritten anywhere: a typed error, or the same sums', async () => {
    const patches = fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(sources, patches, async ([bytes, which], changes) => {
        const changed = Buffer.from(bytes)
        for (const [place, byte] of changes) changed[place % changed.length] = byte
        const error = await failure(changed, which)
        expect(error === undefined || error instanceof BillError).toBe(true)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('garbage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(0, 1), async (bytes, which) => {
        expect(await failure(Buffer.from(bytes), which)).toBeInstanceOf(BillError)
      }),
      { seed, numRuns: 200 },
    )
  })
})
