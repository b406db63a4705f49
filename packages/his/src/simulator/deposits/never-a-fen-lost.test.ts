import { fen } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HisFaultKind } from '../his-faults.ts'
import { NOW, openHospital } from '../test-support/open-hospital.ts'

const SEED = 20_261_123
const CHARGED = 1_000

const fault = fc.option(fc.constantFrom<HisFaultKind>('reply-lost', 'unavailable', 'duplicate', 'refused'), {
  nil: undefined,
})
const step = fc.oneof(
  fc.record({
    what: fc.constant('hold' as const),
    // Few keys and amounts, so that keys come again, with the same amount and with another.
    key: fc.integer({ min: 0, max: 5 }),
    amount: fc.constantFrom(1, 200, 400, 700),
    ofRecharge: fc.boolean(),
    fault,
  }),
  fc.record({
    what: fc.constantFrom('confirm' as const, 'release' as const),
    key: fc.integer({ min: 0, max: 5 }),
    again: fc.integer({ min: 0, max: 1 }),
    fault,
  }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test(`holds, confirmations, releases, lost replies and repetitions never lose or make a fen (seed ${SEED})`, async () => {
  const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(batches, async (order) => {
      const { hospital, port, patid } = await openHospital()
      const recharge = hospital.charge(patid, { amount: fen(400) })
      hospital.charge(patid, { amount: fen(CHARGED - 400) })

      const keys = new Set<number>()
      const final = new Map<string, string>()

      const carryOut = async (one: Step) => {
        if (one.fault) hospital.faults.order({ kind: one.fault, operation: `deposits.${one.what}`, times: 1 })
        if (one.what === 'hold') {
          keys.add(one.key)
          const depositId = one.ofRecharge ? recharge.rechargeId : undefined
          return port.deposits.hold({ patid, depositId, amount: fen(one.amount) }, `hold-${one.key}`)
        }
        const hold = await port.deposits.status(`hold-${one.key}`)
        if (!hold) return undefined
        const { holdId, amount } = hold
        const key = `${one.what}-${one.key}-${one.again}`
        return one.what === 'confirm'
          ? port.deposits.confirm({ holdId, amount, refundNumber: `R${one.key}`, paidAt: NOW }, key)
          : port.deposits.release({ holdId, amount, reason: '付款失败' }, key)
      }

      for (const batch of order) {
        await Promise.all(batch.map(carryOut))
        hospital.faults.clear()
        const holds = hospital.holdsOf(patid)
        const sum = (state: string) =>
          holds.reduce((total, hold) => total + (hold.state === state ? hold.amount : 0), 0)
        const balance = hospital.balanceOf(patid)
        expect(balance.total).toBe(CHARGED - sum('confirmed'))
        expect(balance.refundable).toBe(balance.total - sum('held'))
        expect(balance.refundable).toBeGreaterThanOrEqual(0)
        // Every key acted once, and every confirmed hold stands in the books once and on the recharges.
        expect(holds.length).toBeLessThanOrEqual(keys.size)
        for (const { holdId, state } of holds) {
          expect(final.get(holdId) ?? state).toBe(state)
          if (state !== 'held') final.set(holdId, state)
        }
        const refunds = hospital.ledger.filter((row) => row.patid === patid && row.kind === 'refund')
        expect(refunds.reduce((total, { amount }) => total + amount, 0)).toBe(sum('confirmed'))
        const recharges = hospital.rechargesOf(patid)
        expect(recharges.reduce((total, { refunded }) => total + refunded, 0)).toBe(sum('confirmed'))
        for (const { amount, refunded } of recharges) expect(refunded).toBeLessThanOrEqual(amount)
      }
    }),
    { seed: SEED, numRuns: 100 },
  )
})
