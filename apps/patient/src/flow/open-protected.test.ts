import { beforeEach, expect, test, vi } from 'vitest'
import { fakeUni } from '../test-support/fake-uni.ts'
import { refused } from '../test-support/views.ts'
import { needsVerification, openProtected } from './open-protected.ts'
import { errandNow, rememberErrand } from './wechat-code.ts'

function navigation() {
  fakeUni()
  const open = (options: { url: string; success: () => void }) => options.success()
  const parts = { navigateTo: vi.fn(open), redirectTo: vi.fn(open) }
  Object.assign(uni, parts)
  return parts
}
let go: ReturnType<typeof navigation>
beforeEach(() => {
  go = navigation()
})

const url = '/pages/verify/confirm?purpose='

test('opens the confirm page above the present one', async () => {
  expect(await openProtected('lab-report', { patientId: 'p', kind: 'lab' })).toBe(true)
  expect(go.navigateTo.mock.lastCall?.[0].url).toBe(`${url}lab-report&patientId=p`)
})

test('a page that lost its grant is replaced, and a live grant does not lead straight back to it', async () => {
  await openProtected('personal-data', { patientId: 'p' }, { replace: true })
  expect(go.redirectTo.mock.lastCall?.[0].url).toBe(`${url}personal-data&patientId=p&fresh=1`)
  expect(go.navigateTo).not.toHaveBeenCalled()
})

test('another patient: the choice is open', async () => {
  await openProtected('diagnosis', {}, { choose: true })
  expect(go.navigateTo.mock.lastCall?.[0].url).toBe(`${url}diagnosis&fresh=1&choose=1`)
})

test('an errand that was given up earlier is forgotten', async () => {
  rememberErrand({ next: 'verify', purpose: 'card-code', patientId: 'p' })
  await openProtected('card-code', { patientId: 'p' })
  expect(errandNow()).toBeUndefined()
})

test.each([
  ['verification-required', true],
  ['real-person-required', true],
  ['consent-required', false],
  ['NETWORK', false],
])('%s: %s', (code, needed) => expect(needsVerification(refused(code).error)).toBe(needed))
