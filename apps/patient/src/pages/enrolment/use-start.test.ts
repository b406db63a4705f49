import { beforeEach, expect, test, vi } from 'vitest'
import { draftOf, rememberDraft } from '../../flow/draft.ts'
import { originOf } from '../../flow/flow-storage.ts'
import { rememberErrand } from '../../flow/wechat-code.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { flowViews, me, ok, refused } from '../../test-support/views.ts'
import { type StartParts, useStart } from './use-start.ts'

beforeEach(() => void fakeUni())

function page(changes: Partial<StartParts> = {}) {
  const parts = {
    loadMe: vi.fn(changes.loadMe ?? (async () => ok(me))),
    start: vi.fn(changes.start ?? (async () => ok(flowViews['open-platform']))),
    fetchCode: vi.fn(changes.fetchCode ?? (async () => true)),
    openConsent: vi.fn(changes.openConsent ?? (async () => true)),
    openStep: vi.fn(changes.openStep ?? (async () => true)),
    cleanAddress: vi.fn(changes.cleanAddress ?? (() => undefined)),
  }
  return { parts, ...useStart(parts) }
}

test('without a code it goes to fetch one, without a tap', async () => {
  const { parts, arrive } = page()
  await arrive({ intent: 'upgrade', patientId: 'p' })
  expect(parts.fetchCode).toHaveBeenCalledWith({ next: 'start', intent: 'upgrade', patientId: 'p' }, me)
  expect(parts.start).not.toHaveBeenCalled()
})

test('with the code: out of the address first, then the flow is opened and its page shown', async () => {
  rememberErrand({ next: 'start', intent: 'register', retryOf: 'old' })
  rememberDraft('old', { name: '周建国' })
  const { parts, arrive } = page()
  await arrive({ intent: 'register', wechatCode: 'w' })
  expect(parts.cleanAddress).toHaveBeenCalledWith({ intent: 'register' })
  expect(parts.start).toHaveBeenCalledWith({ intent: 'register', wechatCode: 'w' })
  expect(parts.openStep).toHaveBeenCalledWith(flowViews['open-platform'])
  expect(originOf('flow_1')).toEqual({ intent: 'register' })
  expect(draftOf('flow_1'), 'what was typed before goes along').toEqual({ name: '周建国' })
})

test('the mini program comes back without a query: the errand knows', async () => {
  rememberErrand({ next: 'start', intent: 'add-patient' })
  const { parts, arrive } = page()
  await arrive({ wechatCode: 'w' })
  expect(parts.start).toHaveBeenCalledWith({ intent: 'add-patient', wechatCode: 'w' })
})

test('back without a code it stops, and asks again only when it is pressed', async () => {
  rememberErrand({ next: 'start', intent: 'register' })
  const { parts, arrive, problem, retry } = page()
  await arrive({ intent: 'register' })
  expect(problem.value?.code).toBe('NO_WECHAT_CODE')
  expect(parts.fetchCode).not.toHaveBeenCalled()
  await retry()
  expect(parts.fetchCode).toHaveBeenCalledOnce()
})

test('consent comes first, whoever finds out', async () => {
  const without = page({ loadMe: async () => ok({ ...me, consent: { version: '1', accepted: false } }) })
  await without.arrive({ intent: 'register' })
  expect(without.parts.openConsent).toHaveBeenCalledWith({ next: 'start', intent: 'register' })
  rememberErrand({ next: 'start', intent: 'register' })
  const told = page({ start: async () => refused('consent-required') })
  await told.arrive({ intent: 'register', wechatCode: 'w' })
  expect(told.parts.openConsent).toHaveBeenCalledOnce()
})

test('what goes wrong is said', async () => {
  rememberErrand({ next: 'start', intent: 'register' })
  const { arrive, problem } = page({ start: async () => refused('patient-limit') })
  await arrive({ wechatCode: 'w' })
  expect(problem.value?.code).toBe('patient-limit')
  const offline = page({ loadMe: async () => refused('NETWORK') })
  await offline.arrive({})
  expect(offline.problem.value?.code).toBe('NETWORK')
})
