import { beforeEach, expect, test, vi } from 'vitest'
import { rememberArrival } from '../../flow/arrival.ts'
import { rememberDraft } from '../../flow/draft.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { me, ok, refused } from '../../test-support/views.ts'
import { type ConsentParts, useConsent } from './use-consent.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

function page(changes: Partial<ConsentParts> = {}) {
  const parts = {
    loadMe: vi.fn(changes.loadMe ?? (async () => ok(me))),
    accept: vi.fn(changes.accept ?? (async () => ok(undefined))),
    withdraw: vi.fn(changes.withdraw ?? (async () => ok(undefined))),
    openStart: vi.fn(changes.openStart ?? (async () => true)),
    goBack: vi.fn(changes.goBack ?? (() => undefined)),
  }
  return { parts, ...useConsent(parts) }
}

test('accepts the version that was shown and goes on with what the person wanted', async () => {
  const { arrive, accept, parts } = page()
  await arrive({ next: 'start', intent: 'upgrade', patientId: 'p' })
  await accept()
  expect(parts.accept).toHaveBeenCalledWith('2026-11')
  expect(parts.openStart).toHaveBeenCalledWith({ intent: 'upgrade', patientId: 'p', retryOf: undefined })
})

test('without a wish it goes back to where one came from', async () => {
  const { arrive, accept, parts } = page()
  await arrive({})
  await accept()
  expect(parts.goBack).toHaveBeenCalledOnce()
  expect(parts.openStart).not.toHaveBeenCalled()
})

test('a text that changed meanwhile is shown anew instead of being accepted', async () => {
  const { arrive, accept, refusal, parts } = page({ accept: async () => refused('bad-input') })
  await arrive({ next: 'start' })
  await accept()
  expect(refusal.value?.code).toBe('bad-input')
  expect(parts.loadMe).toHaveBeenCalledTimes(2)
  expect(parts.openStart).not.toHaveBeenCalled()
})

test('withdrawing removes drafts and codes from the phone', async () => {
  rememberDraft('f', { name: '周建国' })
  rememberArrival('f', { kind: 'health-code', code: 'h' })
  const { arrive, withdraw, withdrawn } = page()
  await arrive({})
  await withdraw()
  expect(withdrawn.value).toBe(true)
  expect(stored.size).toBe(0)
})
