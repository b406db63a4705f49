import { addFen, type Fen, fen, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect } from 'vitest'
import type { PaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import {
  closeTransfer,
  findPayoutStop,
  queryUnpaid,
  reissueTransfer,
  resendTransfer,
  reserveFunds,
  resumePayouts,
  stopPayouts,
  type Transfer,
  topUpFunds,
  wishCancel,
} from '../index.ts'
import type { PaymentsTables } from '../tables.ts'
import { seededRandom } from './seeded-random.ts'
import { transfersRig } from './transfers-rig.ts'

const FAULTS = {
  'reply-lost': 0.08,
  'http-500-after': 0.04,
  'system-error-after': 0.03,
  'system-error': 0.03,
  'bad-signature': 0.03,
  'malformed-json': 0.03,
  'http-502': 0.04,
  frequency: 0.04,
  reset: 0.04,
  'no-auth': 0.02,
  'signtest-response': 0.02,
  'not-found-window': 0.1,
  'stay-accepted': 0.05,
  'stay-processing': 0.05,
  'retry-expired': 0.03,
  'confirm-wins': 0.3,
  'notify-lost': 0.3,
  'notify-duplicate': 0.2,
  'notify-reordered': 0.2,
  'notify-late': 0.2,
} as const

/**
 * Random patients, a random WeChat, funds that run dry, processes that end before they send, and a random clock. At every
 * step nothing was paid twice and the journal is what transfers add up to; at the end each transfer is what WeChat's own
 * books say.
 */
export async function simulateTransfers(rig: PaymentsRig, seed: number, count: number): Promise<void> {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const transfers = transfersRig(rig)
  const made: Transfer[] = []
  const { room, inTx, hospitalId } = rig
  for (const [index, [kind, probability]] of Object.entries(FAULTS).entries())
    rig.simulator.faults.order({ kind, probability, seed: seed + index })
  const one = () => made[made.length - 1 - below(Math.min(made.length, 8))]
  const on = async (transfer: Transfer | undefined, act: (transfer: Transfer) => Promise<unknown>) => {
    if (transfer) await act(transfer).catch(refusedOnly)
  }
  const again = (operation: typeof resendTransfer) => async (transfer: Transfer) => {
    if (!(await queryUnpaid(room, hospitalId, transfer.id)).isConfirmed) return
    const ordered = await inTx(async (tx) => {
      if ((await reserveFunds(tx, room, transfer)) !== 'reserved') throw new Error('not enough')
      return operation(tx, room, transfer.id)
    })
    if (below(5) > 0) await transfers.send(ordered)
  }
  const begin = async () => {
    if (made.length >= count) return
    const ordered = await transfers.order({ amountFen: 10 + below(20_000) })
    made.push(ordered.transfer)
    if (below(5) > 0) await transfers.send(ordered)
  }
  const stopOrResume = () =>
    inTx(async (tx) =>
      (await findPayoutStop(tx)) === undefined && below(3) === 0
        ? stopPayouts(tx, room, { by: 'operator:x', reason: 'x' })
        : resumePayouts(tx, room, { by: 'operator:x', reason: '已经查清' }),
    )
  const money = async () => {
    if (below(2) === 0) return rig.act('set-balance', { account: 'OPERATION', amountFen: below(50_000) })
    await rig.act('set-balance', { account: 'OPERATION', amountFen: 10_000_000 })
    return inTx((tx) => topUpFunds(tx, room, { amountFen: fen(1) }, 'operator:x'))
  }
  const whenNotEnough = () => ['refuse', 'accept', 'processing'][below(3)]
  const passing = async (ms: number) => {
    rig.clock.advance(ms)
    await rig.run()
  }
  const steps: readonly (readonly [weight: number, step: () => Promise<unknown>])[] = [
    [8, () => begin().catch(refusedOnly)],
    [7, () => on(one(), transfers.confirm)],
    [3, () => on(one(), (transfer) => Promise.all([transfers.settle(transfer), transfers.settle(transfer)]))],
    [2, () => on(one(), ({ id }) => inTx((tx) => wishCancel(tx, room, id)))],
    [3, () => on(one(), again(reissueTransfer))],
    [
      3,
      () =>
        on(one(), (transfer) =>
          Promise.all([again(reissueTransfer)(transfer), again(reissueTransfer)(transfer)]),
        ),
    ],
    [3, () => on(one(), again(resendTransfer))],
    [1, () => on(one(), ({ id }) => inTx((tx) => closeTransfer(tx, room, id)))],
    [3, rig.deliver],
    [2, () => Promise.all([rig.run(), rig.run(), rig.deliver()])],
    [2, money],
    [1, () => rig.act('settings', { whenNotEnough: whenNotEnough() })],
    [1, stopOrResume],
    [6, () => passing(SECOND_MS + below(2 * MINUTE_MS))],
    [3, () => passing(HOUR_MS + below(8 * HOUR_MS))],
  ]
  const weights = steps.reduce((sum, [weight]) => sum + weight, 0)
  for (let step = 0; step < count * 10; step++) {
    let left = below(weights)
    for (const [weight, run] of steps) {
      left -= weight
      if (left >= 0) continue
      await run()
      break
    }
    await expectBooks(rig)
  }
  rig.simulator.faults.clear()
  await inTx((tx) => resumePayouts(tx, room, { by: 'operator:x', reason: '已经查清' }))
  await rig.act('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  for (let hours = 0; hours < 60 && (await openOnes(rig)).length > 0; hours++) await passing(HOUR_MS)
  expect(await openOnes(rig)).toEqual([])
  await expectBooks(rig)
  for (const transfer of made) {
    const { state, amountFen } = await transfers.find(transfer)
    expect(await transfers.paid(transfer), state).toEqual(state === 'done' ? [amountFen] : [])
  }
  expect(rig.errors.filter((text) => text === 'payment work failed')).toEqual([])
}

const REFUSALS = new Set(['payment-refused', 'payment-unavailable'])

/** What a room may be answered; anything else is a bug. */
function refusedOnly(error: Error): void {
  const allowed =
    /not enough|no such|is not sent again|no other number|no funds are reserved|were paid out|not available/
  const isRefusal = 'code' in error && REFUSALS.has(String(error.code))
  if (!isRefusal && !allowed.test(error.message)) throw error
}

function rows({ inTx }: PaymentsRig) {
  return inTx(({ sql, hospitalId }) =>
    sql
      .withTables<PaymentsTables>()
      .selectFrom('transfer_order')
      .select(['id', 'state', 'amount_fen', 'problem', 'next_action_at_ms'])
      .where('hospital_id', '=', hospitalId)
      .execute(),
  )
}

async function openOnes(rig: PaymentsRig) {
  return (await rows(rig)).filter(({ state }) => ['under-way', 'to-confirm', 'needs-person'].includes(state))
}

async function expectBooks(rig: PaymentsRig): Promise<void> {
  const all = await rows(rig)
  const done: Fen = addFen(
    ...all.filter(({ state }) => state === 'done').map(({ amount_fen }) => fen(amount_fen)),
  )
  const { 'deposit-paid': paid = fen(0), 'deposit-in-transit': transit = fen(0) } = await rig.balances()
  expect([paid, addFen(paid, transit)]).toEqual([done, 0])
  expect((await rig.prove()).violations).toEqual([])
}
