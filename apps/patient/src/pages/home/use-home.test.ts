import { beforeEach, expect, test, vi } from 'vitest'
import type { MeView } from '../../api/types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { lost, me, ok, patient } from '../../test-support/views.ts'
import { type HomeParts, useHome } from './use-home.ts'

beforeEach(() => void fakeUni())

function home(answer: ApiResult<MeView>, begin: HomeParts['begin'] = async () => true) {
  const parts = { loadMe: async () => answer, begin: vi.fn(begin), openPatients: async () => true }
  return { parts, ...useHome(parts) }
}

test('after an error a second load can succeed, and an error later keeps what is shown', async () => {
  const answers: ApiResult<MeView>[] = [lost, ok(me), lost]
  const {
    refresh,
    error,
    title,
    me: shown,
  } = useHome({
    loadMe: async () => answers.shift() ?? lost,
    begin: async () => true,
    openPatients: async () => true,
  })
  await refresh()
  expect(error.value?.code).toBe('TIMEOUT')
  await refresh()
  expect(error.value).toBeUndefined()
  expect(title.value).toBe('市第一人民医院')
  await refresh()
  expect(shown.value).toEqual(me)
})

test('shows the default patient, whatever the order', async () => {
  const other = { ...patient, id: 'patient_2', name: '张*', isDefault: false, verified: false }
  const state = home(ok({ ...me, patients: [other, patient] }))
  await state.refresh()
  expect(state.face.value).toMatchObject({
    maskedName: '李*华',
    relation: '本人 · 默认就诊人',
    verified: true,
  })
  expect(state.offersCard.value).toBe(false)
})

test('a card that did not come about is offered again, for this very patient', async () => {
  const state = home(ok({ ...me, patients: [{ ...patient, card: 'offered-later' }] }))
  await state.refresh()
  expect(state.offersCard.value).toBe(true)
  await state.claimLater()
  expect(state.parts.begin).toHaveBeenCalledWith({ intent: 'upgrade', patientId: 'patient_1' })
})

test('two taps open one page; one that does not open is said', async () => {
  let answer: (opened: boolean) => void = () => undefined
  const state = home(ok(me), () => new Promise((resolve) => (answer = resolve)))
  const first = state.claim()
  await state.claim()
  expect(state.parts.begin).toHaveBeenCalledOnce()
  expect(state.opening.value).toBe(true)
  answer(false)
  await first
  expect(state.openFailed.value).toBe(true)
  expect(state.opening.value).toBe(false)
})

test('at the limit no further patient is offered', async () => {
  const state = home(ok({ ...me, maxPatients: 1, patients: [patient] }))
  await state.refresh()
  expect(state.mayAdd.value).toBe(false)
})
