import { MINUTE_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HisFaultKind } from '../his-faults.ts'
import { openHospital, paidNow } from '../test-support/open-hospital.ts'

const SEED = 20_261_123
const DEPARTMENT = { departmentId: 'D0101', doctorId: undefined }
const LOCK_MS = 10 * MINUTE_MS

const step = fc.record({
  what: fc.constantFrom(
    'lock' as const,
    'unlock' as const,
    'book' as const,
    'book' as const,
    'cancel' as const,
  ),
  who: fc.integer({ min: 0, max: 3 }),
  key: fc.integer({ min: 0, max: 2 }),
  fault: fc.option(fc.constantFrom<HisFaultKind>('reply-lost', 'unavailable', 'duplicate'), {
    nil: undefined,
  }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test(`locks, bookings, cancellations, lost replies and time never put two patients in one place (seed ${SEED})`, async () => {
  // Steps of one batch run at once; time passes between batches.
  const batches = fc.array(
    fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 5 }),
      minutes: fc.integer({ min: 0, max: 8 }),
    }),
    { minLength: 2, maxLength: 8 },
  )
  await fc.assert(
    fc.asyncProperty(batches, async (order) => {
      const { hospital, port, clock, newPatient, patid: first } = await openHospital({ slotLockMs: LOCK_MS })
      const patients = [first, await newPatient(), await newPatient(), await newPatient()]
      const range = { from: '2026-11-24', to: '2026-12-06' }
      const slots = await port.schedules.slots({ ...DEPARTMENT, ...range })
      const slot = slots.find(({ remaining }) => remaining === 2)
      if (!slot) throw new Error('the seed has no slot with two places')
      const locks = new Map<string, string>()

      const lock = async (patid: string, key: number) => {
        const answer = await port.appointments.lock({ slotId: slot.slotId, patid }, `lock-${patid}-${key}`)
        if (answer.kind === 'yes') locks.set(patid, answer.value.lockId)
      }
      const carryOut = async ({ what, who, key, fault }: Step) => {
        if (fault) hospital.faults.order({ kind: fault, operation: `appointments.${what}`, times: 1 })
        const patid = patients[who] ?? first
        const requestKey = `${what}-${patid}-${key}`
        // Most patients who book have a lock; some have one that is over.
        if (what === 'lock' || (what === 'book' && key > 0)) await lock(patid, key)
        const lockId = locks.get(patid) ?? 'NONE'
        if (what === 'unlock') await port.appointments.unlock(lockId, requestKey)
        if (what === 'book') {
          const payment = paidNow(requestKey, slot.fee)
          await port.appointments.book({ lockId, patid, payment }, requestKey)
        }
        if (what === 'cancel') {
          const [own] = hospital.appointmentsOf(patid).filter(({ state }) => state === 'booked')
          const request = { appointmentId: own?.appointmentId ?? 'NONE', reason: '' }
          await port.appointments.cancel(request, requestKey)
        }
      }

      for (const { steps, minutes } of order) {
        await Promise.all(steps.map(carryOut))
        hospital.faults.clear()
        clock.advance(minutes * MINUTE_MS)
        const booked = patients.map((patid) =>
          hospital.appointmentsOf(patid).filter(({ state }) => state === 'booked'),
        )
        for (const own of booked) expect(own.length).toBeLessThanOrEqual(1)
        expect(booked.flat().length).toBeLessThanOrEqual(2)
      }
      // Whatever happened: what is not booked is free once the locks are over.
      clock.advance(LOCK_MS)
      const booked = patients.flatMap((patid) =>
        hospital.appointmentsOf(patid).filter(({ state }) => state === 'booked'),
      )
      const now = await port.schedules.slots({ ...DEPARTMENT, from: slot.day, to: slot.day })
      expect(now.find(({ slotId }) => slotId === slot.slotId)?.remaining).toBe(2 - booked.length)
    }),
    { seed: SEED, numRuns: 60 },
  )
})
