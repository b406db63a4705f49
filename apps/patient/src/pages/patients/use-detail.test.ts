import { beforeEach, expect, test, vi } from 'vitest'
import type { PatientView } from '../../api/types.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { lost, me, ok, patient } from '../../test-support/views.ts'
import { type DetailParts, usePatientDetail } from './use-detail.ts'

beforeEach(() => void fakeUni())

function page(changes: Partial<DetailParts> = {}) {
  const parts = {
    loadMe: vi.fn(changes.loadMe ?? (async () => ok({ ...me, patients: [patient] }))),
    makeDefault: vi.fn(changes.makeDefault ?? (async () => ok(undefined))),
    changeRelation: vi.fn(changes.changeRelation ?? (async () => ok(patient))),
    unlink: vi.fn(changes.unlink ?? (async () => ok(undefined))),
    begin: vi.fn(changes.begin ?? (async () => true)),
    leave: vi.fn(changes.leave ?? (() => undefined)),
    showCode: vi.fn(async (_patient: PatientView) => true),
    openPersonalData: vi.fn(changes.openPersonalData ?? (async () => true)),
  }
  return { parts, ...usePatientDetail(parts) }
}

test('a relation is saved once it differs', async () => {
  const { arrive, setRelation, saved, parts } = page()
  await arrive('patient_1')
  await setRelation('本人')
  await setRelation('')
  expect(parts.changeRelation).not.toHaveBeenCalled()
  await setRelation('父母')
  expect(parts.changeRelation).toHaveBeenCalledWith('patient_1', '父母')
  expect(saved.value).toBe('关系已保存。')
})

test('unlinking leaves the page; a lost answer stays and says so', async () => {
  const first = page()
  await first.arrive('patient_1')
  await first.unlink()
  expect(first.parts.leave).toHaveBeenCalledOnce()
  const second = page({ unlink: async () => lost })
  await second.arrive('patient_1')
  await second.unlink()
  expect(second.parts.leave).not.toHaveBeenCalled()
  expect(second.refusal.value?.code).toBe('TIMEOUT')
})

test("another person's id, or one that was unlinked, shows nobody", async () => {
  const { arrive, patient: shown } = page()
  await arrive('patient_of_somebody')
  expect(shown.value).toBeUndefined()
})

test('code and personal data are one tap away, for this very patient', async () => {
  const { arrive, showCode, openPersonalData, openFailed, action, parts } = page({
    openPersonalData: async () => false,
  })
  await arrive('patient_1')
  expect(action.value).toBe('出示二维码')
  await showCode()
  expect(parts.showCode).toHaveBeenCalledWith(patient)
  await openPersonalData()
  expect(parts.openPersonalData).toHaveBeenCalledWith('patient_1')
  expect(openFailed.value, 'a page that does not open is said').toBe(true)
})
