import { expect, test, vi } from 'vitest'
import type { MeView } from '../api/types.ts'
import type { ApiError, ApiResult } from '../platform/api-error.ts'
import { lost, me, ok, patient, refused } from '../test-support/views.ts'
import { useVisitor, type VisitorParts } from './use-visitor.ts'

const child = { ...patient, id: 'patient_2', name: '李*宝', relation: '子女', isDefault: false }
const family: MeView = { ...me, patients: [child, patient] }

function visitor(answers: readonly ApiResult<MeView>[], problems: readonly (ApiError | undefined)[] = []) {
  const parts = {
    loadMe: vi.fn<VisitorParts['loadMe']>(),
    openConsent: vi.fn(async () => true),
    begin: vi.fn<VisitorParts['begin']>(async () => true),
    cleanAddress: vi.fn<VisitorParts['cleanAddress']>(),
  }
  const last = answers.at(-1) ?? lost
  parts.loadMe.mockResolvedValue(last)
  for (const answer of answers) parts.loadMe.mockResolvedValueOnce(answer)
  const load = vi.fn<(patientId: string) => Promise<ApiError | undefined>>(async () => undefined)
  for (const problem of problems) load.mockResolvedValueOnce(problem)
  return { parts, load, ...useVisitor(load, parts) }
}

test('the default patient, or the one of the address', async () => {
  const first = visitor([ok(family)])
  await first.arrive({})
  expect(first.load).toHaveBeenCalledExactlyOnceWith('patient_1')
  const second = visitor([ok(family)])
  await second.arrive({ patientId: 'patient_2' })
  expect(second.load).toHaveBeenCalledExactlyOnceWith('patient_2')
  expect(second.gate.value).toBe('open')
})

test('somebody else’s patient in the address is nobody: the own default is taken', async () => {
  const { arrive, load } = visitor([ok(family)])
  await arrive({ patientId: 'patient_9' })
  expect(load).toHaveBeenCalledExactlyOnceWith('patient_1')
})

test('another patient is picked on the page, and stays after a reload', async () => {
  const { arrive, pick, patient: shown, load, parts } = visitor([ok(family)])
  await arrive({ departmentId: 'D1' })
  await pick('patient_2')
  expect(shown.value?.name).toBe('李*宝')
  expect(load).toHaveBeenLastCalledWith('patient_2')
  expect(parts.cleanAddress).toHaveBeenCalledWith({ departmentId: 'D1', patientId: 'patient_2' })
})

test('without consent nothing is asked; back from the consent page it goes on', async () => {
  const { arrive, askConsent, show, gate, load } = visitor([
    ok({ ...family, consent: { version: '1', accepted: false } }),
    ok(family),
  ])
  await arrive({})
  expect(gate.value).toBe('consent')
  expect(load).not.toHaveBeenCalled()
  await show()
  expect(gate.value, 'coming back from elsewhere is no consent').toBe('consent')
  await askConsent()
  await show()
  expect(gate.value).toBe('open')
  expect(load).toHaveBeenCalledOnce()
})

test('a consent that the gateway misses leads to the consent, not to an error', async () => {
  const { arrive, gate, problem } = visitor([ok(family)], [refused('consent-required').error])
  await arrive({})
  expect(problem.value).toBeUndefined()
  expect(gate.value).toBe('consent')
})

test('nobody yet: a patient is added; a card that is missing is offered', async () => {
  const { arrive, gate, addPatient, parts } = visitor([ok(me)])
  await arrive({})
  expect(gate.value).toBe('no-patient')
  await addPatient()
  expect(parts.begin).toHaveBeenCalledWith({ intent: 'register' })
  const second = visitor([ok(family)])
  await second.arrive({})
  await second.claimCard()
  expect(second.parts.begin).toHaveBeenCalledWith({ intent: 'upgrade', patientId: 'patient_1' })
})

test('an error is said and can be tried again; an answer for the former patient is not shown', async () => {
  const { arrive, run, pick, gate, problem, load } = visitor([lost, ok(family)])
  await arrive({})
  expect(gate.value).toBe('problem')
  await run()
  expect(gate.value).toBe('open')
  let answer: (error: ApiError) => void = () => undefined
  load.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  const slow = pick('patient_2')
  await pick('patient_1')
  answer(refused('his-unavailable').error)
  await slow
  expect(problem.value).toBeUndefined()
})
