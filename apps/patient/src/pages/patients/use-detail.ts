import { computed, ref, shallowRef } from 'vue'
import { changeRelation, makeDefault, unlinkPatient } from '../../api/me.ts'
import type { MeView, PatientView, Relation } from '../../api/types.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../../flow/flow-storage.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { backOr } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'
import { patientsTexts as texts } from '../../texts/patients.ts'
import { relations } from '../../texts/person.ts'

export type DetailParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly makeDefault: (id: string) => Promise<ApiResult<undefined>>
  readonly changeRelation: (id: string, relation: Relation) => Promise<ApiResult<PatientView>>
  readonly unlink: (id: string) => Promise<ApiResult<undefined>>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly leave: () => void
}
const live: DetailParts = {
  loadMe,
  makeDefault,
  changeRelation,
  unlink: unlinkPatient,
  begin: beginEnrolment,
  leave: () => backOr(routes.patients),
}

export function usePatientDetail(parts: DetailParts = live) {
  const me = shallowRef<MeView>()
  const problem = shallowRef<ApiError>()
  const refusal = shallowRef<ApiError>()
  const saved = ref('')
  const busy = ref(false)
  const confirming = ref(false)
  let id = ''

  const patient = computed(() => me.value?.patients.find((one) => one.id === id))

  async function arrive(patientId: string): Promise<void> {
    id = patientId
    await load()
  }

  async function load(): Promise<void> {
    const result = await parts.loadMe()
    if (result.ok) me.value = result.data
    problem.value = result.ok ? undefined : result.error
  }

  async function change(call: () => Promise<ApiResult<unknown>>, done: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    refusal.value = undefined
    saved.value = ''
    const result = await call()
    if (result.ok) saved.value = done
    else refusal.value = result.error
    // Also after an error: a lost answer may have been a success.
    await load()
    busy.value = false
    return result.ok
  }

  async function setRelation(value: string): Promise<void> {
    const relation = relations.find((one) => one === value)
    if (!relation || relation === patient.value?.relation) return
    await change(() => parts.changeRelation(id, relation), texts.relationSaved)
  }

  async function unlink(): Promise<void> {
    if (await change(() => parts.unlink(id), '')) parts.leave()
    else confirming.value = false
  }

  return {
    me,
    problem,
    refusal,
    saved,
    busy,
    confirming,
    patient,
    arrive,
    load,
    setRelation,
    unlink,
    setDefault: () => change(() => parts.makeDefault(id), texts.madeDefault),
    claimLater: () => parts.begin({ intent: 'upgrade', patientId: id }),
  }
}
