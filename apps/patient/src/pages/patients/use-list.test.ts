import { beforeEach, expect, test, vi } from 'vitest'
import type { PatientView } from '../../api/types.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { me, ok, patient } from '../../test-support/views.ts'
import { usePatientList } from './use-list.ts'

beforeEach(() => void fakeUni())

const child: PatientView = { ...patient, id: 'patient_2', name: '李*明', card: 'none', isDefault: false }
const stranger: PatientView = { ...child, id: 'patient_3', name: '张*', visitCard: null }

async function list(showCode = async (_patient: PatientView) => true) {
  const parts = {
    loadMe: async () => ok({ ...me, patients: [patient, child, stranger] }),
    begin: async () => true,
    openPatient: async () => true,
    openConsent: async () => true,
    showCode: vi.fn(showCode),
  }
  const state = usePatientList(parts)
  await state.refresh()
  return { parts, ...state }
}

test('each card shows its own code; read aloud, each button says whose', async () => {
  const { rows, showCode, parts } = await list()
  expect(rows.value.map(({ action }) => action)).toEqual(['出示二维码', '出示就诊卡', ''])
  expect(rows.value[1]?.actionLabel).toBe('出示就诊卡：李*明')
  await showCode('patient_2')
  expect(parts.showCode).toHaveBeenCalledWith(child)
})

test('a page that does not open is said; a patient who is gone opens nothing', async () => {
  const { showCode, openFailed, parts } = await list(async () => false)
  await showCode('patient_1')
  expect(openFailed.value).toBe(true)
  await showCode('patient_of_somebody')
  expect(parts.showCode).toHaveBeenCalledOnce()
})
