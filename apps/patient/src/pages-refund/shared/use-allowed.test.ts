import { expect, test, vi } from 'vitest'
import type { MeView } from '../../api/types.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { lost, me, ok, refused } from '../../test-support/views.ts'
import { useAllowed } from './use-allowed.ts'

const withdrawn: MeView = { ...me, consent: { version: '1', accepted: false } }

function page(needsConsent: boolean, ...answers: readonly ApiResult<MeView>[]) {
  const loadMe = vi.fn(async () => answers.at(-1) ?? lost)
  for (const answer of answers) loadMe.mockResolvedValueOnce(answer)
  const load = vi.fn(async (): Promise<ApiError | undefined> => undefined)
  return { load, ...useAllowed(load, { needsConsent, parts: { loadMe, openConsent: async () => true } }) }
}

test('where personal data is taken consent comes first, and afterwards the page goes on', async () => {
  const { run, gate, load, askConsent, show } = page(true, ok(withdrawn), ok(me))
  await run()
  expect(gate.value).toBe('consent')
  expect(load).not.toHaveBeenCalled()
  await askConsent()
  expect(await show()).toBe(true)
  expect(gate.value).toBe('open')
})

test('whoever withdrew consent still sees their refunds, unless the gateway asks for it', async () => {
  const seen = page(false, ok(withdrawn))
  await seen.run()
  expect(seen.gate.value).toBe('open')
  const asked = page(false, ok(withdrawn))
  asked.load.mockResolvedValueOnce(refused('consent-required').error)
  await asked.run()
  expect([asked.gate.value, asked.problem.value]).toEqual(['consent', undefined])
})

test('what went wrong can be tried again', async () => {
  const { run, gate, load } = page(false, lost, ok(me))
  await run()
  expect(gate.value).toBe('problem')
  load.mockResolvedValueOnce(refused('his-unavailable').error)
  await run()
  expect(gate.value).toBe('problem')
  await run()
  expect(gate.value).toBe('open')
})
