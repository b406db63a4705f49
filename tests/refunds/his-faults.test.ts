import { MINUTE_MS, no, unknown } from '@zhangyi/core'
import type { HisFaultKind, HisPort } from '@zhangyi/his'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'
import { apply, newTrip } from './simulation/crash-scenarios.ts'
import { Server } from './simulation/server.ts'

let rig: RefundsRig
let user: Patient
beforeAll(async () => {
  rig = await openRefunds()
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
})
beforeEach(async () => {
  rig.clock.advance(MINUTE_MS)
  user = await rig.signIn()
})
afterAll(() => rig.close())

describe.each<HisFaultKind>(['reply-lost', 'duplicate', 'unavailable'])('%s', (kind) => {
  test.each(['deposits.hold', 'deposits.confirm'] as const)(
    'at %s: asked again or queried, held and paid once',
    async (operation) => {
      const patient = await rig.newPatient({ balanceFen: 2_000 })
      rig.his().faults.order({ kind, operation, times: 1 })
      const applied = await user.refundByFace(patient)
      await rig.pass(5 * MINUTE_MS)
      const now = await user.case(applied.body.id)
      expect(now.legs).toMatchObject([{ phase: 'to-receive' }])
      await user.confirm(now)
      await rig.pass(5 * MINUTE_MS)
      expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 2_000 })
      expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'confirmed', amount: 2_000 }])
    },
  )

  test('at deposits.release: the balance is whole again, once', async () => {
    const patient = await rig.newPatient({ balanceFen: 2_000 })
    const applied = await user.refundByFace(patient)
    rig.his().faults.order({ kind, operation: 'deposits.release', times: 1 })
    await user.withdraw(applied.body)
    await rig.pass(10 * MINUTE_MS)
    expect(await user.case(applied.body.id)).toMatchObject({ open: false, legs: [{ phase: 'returned' }] })
    expect(rig.his().balanceOf(patient.patid)).toMatchObject({ total: 2_000, available: 2_000 })
  })
})

test('a HIS that refuses the hold: nothing is paid, and the patient hears what to do', async () => {
  const patient = await rig.newPatient({ balanceFen: 2_000 })
  rig.his().faults.order({ kind: 'refused', operation: 'deposits.hold', times: 1 })
  const applied = await user.refundByFace(patient)
  expect(applied.body).toMatchObject({ open: false, legs: [{ phase: 'refused' }] })
  expect((await user.refundByFace(patient)).body.legs).toMatchObject([{ phase: 'to-receive' }])
})

test('bug: held, and the settings to pay it with gone: nobody but the log knew', async () => {
  const { wechatPay } = rig.hospitals.all[0] ?? {}
  if (!wechatPay) throw new Error('no merchant')
  const patient = await rig.newPatient({ balanceFen: 2_000 })
  rig.his().faults.order({ kind: 'unavailable', operation: 'deposits.hold', times: 1 })
  const applied = await user.refundByFace(patient)
  const { transfer } = wechatPay
  Object.assign(wechatPay, { transfer: undefined })
  const before = rig.logLines.length
  await rig.pass(60 * MINUTE_MS)
  expect(rig.his().holdsOf(patient.patid)).toMatchObject([{ state: 'held' }])
  const failures = rig.logLines.slice(before).filter((line) => line.includes('work on a refund failed'))
  expect(failures.length).toBeGreaterThan(2)
  expect(failures.length).toBeLessThan(12)
  const operator = await rig.operator()
  const { body } = await operator.ask<{ cases: object[] }>('GET', '/cases?list=todo')
  expect(body.cases).toMatchObject([
    { id: applied.body.id, legs: [{ why: expect.stringContaining('网关没有办成（payment-unavailable）') }] },
  ])
  Object.assign(wechatPay, { transfer })
  await rig.pass(60 * MINUTE_MS)
  expect((await user.case(applied.body.id)).legs).toMatchObject([{ phase: 'to-receive' }])
})

/** Holds, and says so to nobody for a while; asked again it refuses for want of the balance that it holds. */
function forgetful(port: HisPort): HisPort {
  const { deposits } = port
  if (!deposits) throw new Error('a HIS that holds nothing')
  const [asked, denied] = [new Set<string>(), new Set<string>()]
  return {
    ...port,
    deposits: {
      ...deposits,
      hold: async (request, key) => {
        if (asked.has(key)) return no('insufficient', 'more than may be paid back')
        asked.add(key)
        await deposits.hold(request, key)
        return unknown('timeout')
      },
      status: async (key) => {
        if (denied.has(key)) return deposits.status(key)
        // Once each for who asked first and for who asks again.
        if (asked.has(`seen ${key}`)) denied.add(key)
        asked.add(`seen ${key}`)
        return undefined
      },
    },
  }
}

test('bug: a HIS that refuses the repeated hold, because it holds it already, kept the sum for ever', async () => {
  const port = forgetful(rig.his().port)
  const parts = { rig, send: rig.send, around: <T>(work: () => Promise<T>) => work(), looked: () => {} }
  const server = new Server({ ...parts, his: port })
  const trip = await newTrip(rig, server)
  await apply(trip)
  for (let minute = 0; minute < 10; minute++) {
    rig.clock.advance(MINUTE_MS)
    await server.run()
  }
  expect(rig.his().holdsOf(trip.person.patid)).toHaveLength(1)
  const legs = await rig.asOwner<{ state: string }>(
    `SELECT l.state FROM refund_leg l JOIN refund_case c ON c.id = l.case_id WHERE c.patid = '${trip.person.patid}'`,
  )
  expect(legs).toEqual([{ state: 'paying' }])
})
