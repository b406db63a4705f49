import { expect, test } from 'vitest'
import { allVerifySteps, verifyViews } from '../test-support/verify-views.ts'
import { grantViews, isPurpose, verificationView } from './verification-readers.ts'

test.each(allVerifySteps)('reads %s as it is', (step) =>
  expect(verificationView(verifyViews[step])).toEqual(verifyViews[step]),
)

test('a step, or a field of another type, that this app does not know is refused', () => {
  expect(() => verificationView({ ...verifyViews.waiting, step: 'dance' })).toThrow()
  expect(() => verificationView({ ...verifyViews.granted, assurance: 'face' })).toThrow()
  expect(() => verificationView({ ...verifyViews.waiting, purpose: 'refund' })).toThrow()
})

test('a reason or way of a newer gateway leaves a page that leads on', () => {
  const view = { ...verifyViews['ways-on'], reason: 'new-reason', ways: ['teleport', 'retry'] }
  expect(verificationView(view)).toMatchObject({ reason: 'failed', ways: ['retry'] })
  expect(verificationView({ ...view, ways: ['teleport'] })).toMatchObject({ ways: ['counter', 'phone'] })
})

test('grants for what this app does not show are left out', () => {
  const grant = { patientId: 'p', purpose: 'lab-report', assurance: 'proxy', expiresAt: 'x' }
  expect(grantViews([grant, { ...grant, purpose: 'refund', assurance: 'face' }])).toEqual([grant])
})

test('a purpose from an address is checked', () => {
  expect(isPurpose('card-code')).toBe(true)
  for (const word of ['refund', '', undefined, 'Lab-Report']) expect(isPurpose(word)).toBe(false)
})
