import { fen, MINUTE_MS } from '@zhangyi/core'
import type { HisFaultKind, HisOperation } from '@zhangyi/his'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../../apps/server/src/payments/test-support/seeded-random.ts'
import type { OrderRow } from '../../apps/server/src/visits/order-row.ts'
import { openVisits, TODAY, TOMORROW, type User, type VisitsStack } from './visits-stack.ts'

const SEED = 20_261_128
/** Who try once more after an order ended without it, so that there are some forty orders. */
const PEOPLE = 32
/** So many people are under way at once, so that their orders do not all run out of time. */
const AT_ONCE = 4
const STEPS_EACH = 6

let stack: VisitsStack
beforeAll(async () => {
  stack = await openVisits()
}, 60_000)
afterAll(() => stack?.close())

const random = seededRandom(SEED)
function pick<T>(list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

const HIS_OPERATIONS: readonly HisOperation[] = [
  ...(['appointments.lock', 'appointments.unlock', 'appointments.book', 'appointments.cancel'] as const),
  ...(['appointments.status', 'appointments.list', 'fees.post', 'fees.status', 'fees.pending'] as const),
]
const HIS_FAULTS: readonly HisFaultKind[] = ['unavailable', 'reply-lost', 'refused', 'duplicate']
const PAY_FAULTS = [
  ...['http-502', 'http-500-after', 'reset', 'reply-lost', 'malformed-json', 'bad-signature'],
  ...['system-error', 'system-error-after', 'frequency', 'notify-lost', 'notify-duplicate', 'notify-late'],
]

interface Trip {
  readonly user: User
  readonly patid: string
  readonly patient: string
  readonly kind: OrderRow['kind']
  id: string | undefined
}

async function begin(index: number): Promise<Trip> {
  const user = await stack.signIn(`traveller-${index}`)
  const { patid } = stack.his.archives[20 + index] ?? {}
  if (patid === undefined) throw new Error('no more archives')
  const kind = pick(['appointment', 'same-day', 'outpatient-fee'] as const)
  return { user, patid, patient: await user.link(patid), kind, id: undefined }
}

async function place(trip: Trip): Promise<void> {
  const { user, patid, patient, kind } = trip
  if (kind === 'outpatient-fee') {
    const [waiting] = stack.his.pendingFeesOf(patid)
    const items = [
      {
        name: '药',
        specification: undefined,
        quantity: '1 盒',
        amount: fen(100 + Math.floor(random() * 9_000)),
      },
    ]
    const { billId } = waiting ?? stack.his.addFee(patid, { items })
    trip.id = (await user.payBills(patient, billId)).body?.id
    return
  }
  const department = pick(['D0101', 'D0102', 'D0103', 'D0104', 'D0201', 'D0202', 'D04', 'D05'])
  const slots = await stack.freeSlots(department, kind === 'same-day' ? TODAY : TOMORROW)
  if (slots.length > 0) trip.id = (await user.register(patient, pick(slots))).body?.id
}

/** What a person, a doctor or the platforms do next: mostly what fits, sometimes anything. */
async function step(trip: Trip): Promise<void> {
  const { user, patid, id } = trip
  const now = id === undefined ? undefined : await stack.stateOf(id)
  if (id === undefined || now === 'closed' || now === 'refunded') return place(trip)
  const [payment] = await stack.paymentsOf(id)
  const payAtCashier = async () => {
    if (payment) await stack.act('pay-order', { outTradeNo: payment.out_trade_no }).catch(() => undefined)
  }
  const open = () => user.openPayment(id)
  const paid = () => user.paid(id)
  const allAtOnce = () => Promise.all([user.paid(id), user.paid(id), stack.runDue()])
  const cancel = () => user.cancel(id)
  const cancelTwice = () => Promise.all([user.cancel(id), user.cancel(id)])
  const changeBill = async () => {
    const [bill] = stack.his.pendingFeesOf(patid)
    const [first] = bill?.items ?? []
    if (bill && first) stack.his.changeFee(bill.billId, [{ ...first, amount: fen(bill.amount + 1) }])
  }
  const anything = [
    open,
    payAtCashier,
    paid,
    allAtOnce,
    cancel,
    cancelTwice,
    () => user.giveUp(id),
    changeBill,
  ]
  const fits: Readonly<Record<string, readonly (() => Promise<unknown>)[]>> = {
    'to-pay': payment ? [payAtCashier, payAtCashier, paid, allAtOnce] : [open],
    paid: [paid, allAtOnce],
    posting: [paid, allAtOnce],
    done: [cancel, cancelTwice, async () => undefined, async () => undefined],
  }
  await pick<() => Promise<unknown>>(random() < 0.85 ? (fits[now ?? ''] ?? anything) : anything)()
}

async function disturb(): Promise<void> {
  if (random() < 0.25)
    stack.his.faults.order({ kind: pick(HIS_FAULTS), operation: pick(HIS_OPERATIONS), times: 1 })
  if (random() < 0.15)
    stack.sandbox.simulators['wechat-pay']?.faults.order({ kind: pick(PAY_FAULTS), times: 1 })
  if (random() < 0.06) stack.clock.advance(Math.floor(random() * 10) * MINUTE_MS)
  if (random() < 0.15) await stack.runDue()
}

test(`every order ends with the HIS having it and the money kept, or neither (seed ${SEED})`, async () => {
  const trips: Trip[] = []
  for (let index = 0; index < PEOPLE; index++) trips.push(await begin(index))
  for (let first = 0; first < PEOPLE; first += AT_ONCE)
    for (let count = 0; count < AT_ONCE * STEPS_EACH; count++) {
      await disturb()
      await step(pick(trips.slice(first, first + AT_ONCE)))
    }
  // The storm is over: whatever began comes to an end without anybody's help.
  stack.clearFaults()
  for (let round = 0; round < 30 && (await unfinished()) > 0; round++) await stack.later(20 * MINUTE_MS)

  const orders = await stack.look<OrderRow>('SELECT * FROM visit_order ORDER BY created_at_ms')
  const ends = orders.map((order) => order.state)
  expect(await unfinished(), ends.join()).toBe(0)
  const merchant = await merchantsBooks()
  for (const order of orders) await judge(order, trips, merchant)
  expect(await stack.act('prove')).toMatchObject({ violations: [] })
  // The storm was one: every end was reached.
  for (const end of ['done', 'closed', 'refunded', 'cancelled'] as const) expect(ends).toContain(end)
  expect(stack.logLines.filter((line) => line.includes('contradicts'))).toEqual([])
}, 120_000)

async function unfinished(): Promise<number> {
  const rows = await stack.look<{ count: string }>(
    `SELECT count(*) FROM visit_order WHERE state NOT IN ('closed', 'done', 'refunded', 'cancelled')`,
  )
  return Number(rows[0]?.count)
}

interface Books {
  readonly orders: readonly { readonly outTradeNo: string; readonly state: string }[]
  readonly refunds: readonly {
    readonly outTradeNo: string
    readonly status: string
    readonly refundFen: number
  }[]
}

async function merchantsBooks(): Promise<Books> {
  return {
    orders: await stack.act('orders', { limit: 1_000 }),
    refunds: await stack.act('refunds', { limit: 1_000 }),
  }
}

async function judge(order: OrderRow, trips: readonly Trip[], books: Books): Promise<void> {
  const what = `${order.id} ${order.kind} ${order.state} ${order.last_problem}`
  const payments = await stack.paymentsOf(order.id)
  expect(payments.length, what).toBeLessThanOrEqual(1)
  const number = payments[0]?.out_trade_no
  const paid = books.orders.some(
    (one) => one.outTradeNo === number && ['SUCCESS', 'REFUND'].includes(one.state),
  )
  const refunds = books.refunds.filter((one) => one.outTradeNo === number)
  const entries = stack.his.ledger.filter((row) => row.paymentNumber === number && number !== undefined)
  const taken = entries.filter(({ kind }) => kind === 'payment')
  const given = entries.filter(({ kind }) => kind === 'refund')
  const had = order.state === 'done' || order.state === 'cancelled'
  expect(taken.length, `${what}: at the HIS`).toBe(had ? 1 : 0)
  expect(given.length, `${what}: taken back by the HIS`).toBe(order.state === 'cancelled' ? 1 : 0)
  expect(paid, `${what}: paid`).toBe(order.state !== 'closed')
  const back = order.state === 'refunded' || order.state === 'cancelled'
  expect(refunds, `${what}: refunds`).toMatchObject(
    back ? [{ status: 'SUCCESS', refundFen: Number(order.fee_fen) }] : [],
  )
  const { patient } = trips.find(({ patid }) => patid === order.patid) ?? {}
  const successes = (await succeeded(order.patid)).length
  expect(await stack.usesOf(patient ?? '', SCENES[order.kind]), `${what}: uses`).toBe(successes)
  expect(order.succeeded_at_ms !== null, what).toBe(had)
}

function succeeded(patid: string): Promise<object[]> {
  return stack.look(`SELECT FROM visit_order WHERE patid = '${patid}' AND succeeded_at_ms IS NOT NULL`)
}

const SCENES = { appointment: '0101011', 'same-day': '0101012', 'outpatient-fee': '0101051' }
