import { newId } from '@zhangyi/core'
import { applyFace } from '../../../apps/server/src/refunds/face/apply-face.ts'
import { applyOriginal } from '../../../apps/server/src/refunds/original/apply-original.ts'
import { listOriginalOrders } from '../../../apps/server/src/refunds/original/list-orders.ts'
import { checkReceived } from '../../../apps/server/src/refunds/receiving/check-received.ts'
import { openReceiving } from '../../../apps/server/src/refunds/receiving/open-receiving.ts'
import { retryCase } from '../../../apps/server/src/refunds/receiving/retry.ts'
import { withdrawLeg } from '../../../apps/server/src/refunds/receiving/withdraw.ts'
import { attempt, together } from './attempt.ts'
import { newPerson, type Person, type Phone, passFace } from './people.ts'
import { anyServer, type OpenLeg, type World } from './world.ts'

const FAILS = [
  'ACCOUNT_FROZEN',
  'TRANSFER_RISK',
  'DAY_RECEIVED_QUOTA_EXCEED',
  'OPENID_INVALID',
  'SOMETHING_NEW',
]

/** Somebody new, or somebody who was here before, wants money back. */
export async function apply(world: World): Promise<void> {
  await (await readyToApply(world))()
}

/** Has come as far as the button; whoever presses it among others needs nothing but the gate. */
export async function readyToApply(world: World): Promise<() => Promise<unknown>> {
  const { dice, people } = world
  const before = dice.chance(0.3) ? dice.of(people) : undefined
  const person = before ?? (await join(world))
  const phone = dice.of(person.phones)
  if (!phone) throw new Error('a patient without a phone')
  const original = person.recharges.length > 0 && dice.chance(0.6)
  world.told.push(`${original ? 'original' : 'face'} ${person.patid}`)
  const way = original ? backTheWay(world, person, phone) : await byFace(world, person, phone)
  // A page that sends its application again, on another server, before the first answer came.
  if (dice.chance(0.1)) return () => together(way, way)
  // Two phones at once, or twice on one: only one may get it.
  const [other] = person.phones.filter((one) => one !== phone)
  if (original || dice.chance(0.7)) return () => attempt(way)
  const second = await byFace(world, person, other ?? phone)
  return () => together(way, second)
}

async function join(world: World): Promise<Person> {
  const person = await newPerson(world.rig, world.dice)
  world.people.push(person)
  for (const phone of person.phones) world.byUser.set(phone.session.userId, { person, phone })
  return person
}

async function byFace(world: World, person: Person, phone: Phone): Promise<() => Promise<unknown>> {
  const { rig, dice } = world
  const check = await passFace(rig, phone, person)
  const requestKey = newId('key')
  const amountFen = dice.chance(0.2) ? dice.between(1, 5_000) : null
  return () => applyFace(anyServer(world).room, phone.session, { ...check, amountFen, requestKey })
}

function backTheWay(
  world: World,
  { chargedFen }: Person,
  { session, patientId }: Phone,
): () => Promise<unknown> {
  const { dice } = world
  const requestKey = newId('key')
  const share = dice.chance(0.5) ? 1 : dice.between(1, 99) / 100
  const most = dice.between(1, 3)
  return async () => {
    const { room } = anyServer(world)
    const { orders } = await listOriginalOrders(room, session, patientId)
    const wanted = orders.slice(0, most).map(({ id, refundableFen }) => ({
      ...{ orderId: id, amountFen: Math.max(1, Math.floor(refundableFen * share)) },
    }))
    if (wanted.length === 0 || chargedFen === 0) return
    await applyOriginal(room, session, { patientId, orders: wanted, requestKey })
  }
}

/** What a patient does next with an application; mostly something sensible. */
export async function patientActs(world: World): Promise<void> {
  const { dice } = world
  const leg = dice.of(world.legs)
  if (!leg) return
  const act = dice.weighed<(world: World, leg: OpenLeg) => Promise<unknown>>([
    [leg.payout === 'to-confirm' ? 30 : 1, confirm],
    [leg.payout === 'to-confirm' ? 4 : 1, withdraw],
    [leg.payout === 'to-confirm' ? 3 : 0, race],
    [leg.state === 'no-funds' ? 12 : 1, retry],
    [4, look],
  ])
  world.told.push(`${act.name} ${leg.id} ${leg.state}/${leg.payout}`)
  await act(world, leg)
}

function which({ id, case_id }: OpenLeg) {
  return { caseId: case_id, legId: id }
}

/** 接收退款, and 确认收款 at WeChat; not everybody comes back to the page, and WeChat may refuse the payee. */
async function confirm(world: World, leg: OpenLeg): Promise<void> {
  const { dice, rig } = world
  const opened = await attempt(() => openReceiving(anyServer(world).room, leg.phone.session, which(leg)))
  if (!opened || dice.chance(0.1)) return
  await pressConfirm(world, leg)
  if (dice.chance(0.3)) rig.clock.advance(dice.between(1, 5_000))
  if (dice.chance(0.7)) await look(world, leg)
}

async function pressConfirm({ dice, rig }: World, { number }: OpenLeg): Promise<void> {
  const failReason = dice.chance(0.12) ? dice.of(FAILS) : undefined
  // Nothing to confirm where WeChat never heard of it.
  await rig
    .pay('confirm-transfer', { outBillNo: number, ...(failReason && { failReason }) })
    .catch(() => undefined)
}

function look(world: World, leg: OpenLeg): Promise<unknown> {
  return attempt(() => checkReceived(anyServer(world).room, leg.phone.session, which(leg)))
}

function withdraw(world: World, leg: OpenLeg): Promise<unknown> {
  return attempt(() => withdrawLeg(anyServer(world).room, leg.phone.session, which(leg)))
}

/** Withdrawn on one phone and confirmed at the same moment. */
function race(world: World, leg: OpenLeg): Promise<void> {
  return together(
    () => withdraw(world, leg),
    () => world.gate.enter(() => pressConfirm(world, leg)),
    () => look(world, leg),
  )
}

function retry(world: World, leg: OpenLeg): Promise<unknown> {
  const once = () => retryCase(anyServer(world).room, leg.phone.session, leg.case_id)
  return world.dice.chance(0.3) ? together(once, once) : attempt(once)
}
