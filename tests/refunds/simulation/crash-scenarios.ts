import { DAY_MS, HOUR_MS, MINUTE_MS, newId, SECOND_MS, shanghaiDay } from '@zhangyi/core'
import { reissueLeg } from '../../../apps/server/src/refunds/console/reissue/reissue-leg.ts'
import { askWindow, decideWindow } from '../../../apps/server/src/refunds/console/window/pay-at-window.ts'
import { applyFace } from '../../../apps/server/src/refunds/face/apply-face.ts'
import { applyOriginal } from '../../../apps/server/src/refunds/original/apply-original.ts'
import { listOriginalOrders } from '../../../apps/server/src/refunds/original/list-orders.ts'
import { checkReceived } from '../../../apps/server/src/refunds/receiving/check-received.ts'
import { openReceiving } from '../../../apps/server/src/refunds/receiving/open-receiving.ts'
import { retryCase } from '../../../apps/server/src/refunds/receiving/retry.ts'
import { withdrawLeg } from '../../../apps/server/src/refunds/receiving/withdraw.ts'
import type { RefundsRig, RefundsRigOptions } from '../refunds-rig.ts'
import { Dice } from './dice.ts'
import { newPerson, type Person, type Phone, passFace } from './people.ts'
import type { Server } from './server.ts'

/** One patient's trip, on a server that may die in the middle of it. */
export interface Trip {
  readonly rig: RefundsRig
  readonly server: Server
  readonly person: Person
  readonly phone: Phone
}

export interface Scenario {
  readonly name: string
  readonly his: NonNullable<RefundsRigOptions['his']>
  readonly steps: readonly ((trip: Trip) => Promise<unknown>)[]
}

const EVERYTHING_FEN = 1_000_000_000

export async function newTrip(rig: RefundsRig, server: Server): Promise<Trip> {
  // One phone, some cash, no recharge by chance.
  const person = await newPerson(rig, new Dice(0))
  const [phone] = person.phones
  if (!phone) throw new Error('a patient without a phone')
  return { rig, server, person, phone }
}

export async function apply({ rig, server, person, phone }: Trip): Promise<void> {
  const check = await passFace(rig, phone, person)
  await applyFace(server.room, phone.session, { ...check, amountFen: null, requestKey: newId('key') })
}

/** The only leg that the trip has by now. */
async function leg({ rig, phone }: Trip): Promise<{ readonly caseId: string; readonly legId: string }> {
  const [row] = await rig.asOwner<{ id: string; case_id: string }>(
    `SELECT l.id, l.case_id FROM refund_leg l JOIN refund_case c ON c.id = l.case_id WHERE c.user_id = '${phone.session.userId}'`,
  )
  if (!row) throw new Error('no leg')
  return { caseId: row.case_id, legId: row.id }
}

async function confirm(trip: Trip): Promise<void> {
  const { rig, server, phone } = trip
  const opened = await openReceiving(server.room, phone.session, await leg(trip))
  const bills = await rig.pay<readonly { outBillNo: string; packageInfo?: string }[]>('transfers', {
    limit: 10,
  })
  const bill = bills.find(({ packageInfo }) => packageInfo === opened.package)
  await rig.pay('confirm-transfer', { outBillNo: bill?.outBillNo })
  rig.clock.advance(2 * SECOND_MS)
}

const received = async (trip: Trip) => checkReceived(trip.server.room, trip.phone.session, await leg(trip))
const withdraw = async (trip: Trip) => {
  await withdrawLeg(trip.server.room, trip.phone.session, await leg(trip))
  trip.rig.clock.advance(10 * SECOND_MS)
  await trip.server.run()
}
const retry = async (trip: Trip) => retryCase(trip.server.room, trip.phone.session, (await leg(trip)).caseId)
const reissue = async ({ server, rig, ...trip }: Trip) =>
  reissueLeg(server.room, rig.hospitalId, {
    ...{ legId: (await leg({ server, rig, ...trip })).legId, by: 'wang', reason: '已失效，重新发起' },
  })
const askAtWindow = async ({ server, rig, ...trip }: Trip) => {
  const { legId } = await leg({ server, rig, ...trip })
  const facts = { how: 'cash', voucher: legId, paidOn: shanghaiDay(rig.clock.nowMs()) } as const
  await askWindow(server.room, rig.hospitalId, { legId, by: 'wang', ...facts, reason: '患者到窗口领' })
}
const agreeAtWindow = async ({ server, rig, ...trip }: Trip) =>
  decideWindow(server.room, rig.hospitalId, {
    ...{ legId: (await leg({ server, rig, ...trip })).legId, by: 'li', agrees: true },
  })
const funds =
  (amountFen: number) =>
  async ({ rig }: Trip) => {
    await rig.pay('settings', { balanceApi: amountFen > 0 })
    await rig.pay('set-balance', { account: 'OPERATION', amountFen })
  }
const pass =
  (ms: number) =>
  async ({ rig, server }: Trip) => {
    rig.clock.advance(ms)
    await server.run()
  }

export async function backTheWay({ rig, server, person, phone }: Trip): Promise<void> {
  const paidAt = new Date(rig.clock.nowMs() - 30 * DAY_MS).toISOString()
  await rig.recharge(person.patid, 4_000, { paidAt })
  person.chargedFen += 4_000
  const { orders } = await listOriginalOrders(server.room, phone.session, phone.patientId)
  const wanted = orders.map(({ id, refundableFen }) => ({ orderId: id, amountFen: refundableFen }))
  await applyOriginal(server.room, phone.session, {
    ...{ patientId: phone.patientId, orders: wanted, requestKey: newId('key') },
  })
}

/** Every transaction and every outside call of these is a point at which the process may die. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'by face, and paid', his: 'two-phase', steps: [apply, confirm, received] },
  {
    ...{ name: 'not enough, tried again, and paid', his: 'two-phase' },
    steps: [funds(0), apply, funds(EVERYTHING_FEN), pass(11 * MINUTE_MS), retry, confirm, received],
  },
  { name: 'withdrawn', his: 'two-phase', steps: [apply, withdraw, pass(MINUTE_MS)] },
  {
    ...{ name: 'expired, reissued, and paid', his: 'two-phase' },
    steps: [apply, pass(26 * HOUR_MS), reissue, confirm, received],
  },
  {
    name: 'back the way it came',
    his: 'two-phase',
    steps: [backTheWay, pass(0), pass(MINUTE_MS), pass(MINUTE_MS)],
  },
  {
    ...{ name: 'stranded, and paid at the window', his: 'single-step-without-reversal' },
    steps: [apply, withdraw, pass(MINUTE_MS), askAtWindow, agreeAtWindow],
  },
  { name: 'taken out and given back', his: 'single-step', steps: [apply, withdraw, pass(MINUTE_MS)] },
]
