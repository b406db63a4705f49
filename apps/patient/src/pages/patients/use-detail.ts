import { computed, ref, shallowRef } from 'vue'
import { changeRelation, makeDefault, unlinkPatient } from '../../api/me.ts'
import type { MeView, PatientView, Relation } from '../../api/types.ts'
import { cardAction, cardFace } from '../../components/card-face.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../../flow/flow-storage.ts'
import { openProtected } from '../../flow/open-protected.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { backOr } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'
import { patientsTexts as texts } from '../../texts/patients.ts'
import { relations } from '../../texts/person.ts'
import { showCode } from '../card-code/show-code.ts'
import { useOpening } from '../home/use-opening.ts'

export type DetailParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly makeDefault: (id: string) => Promise<ApiResult<undefined>>
  readonly changeRelation: (id: string, relation: Relation) => Promise<ApiResult<PatientView>>
  readonly unlink: (id: string) => Promise<ApiResult<undefined>>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly leave: () => void
  readonly showCode: (patient: PatientView) => Promise<boolean>
  readonly openPersonalData: (patientId: string) => Promise<boolean>
}
const live: DetailParts = {
  loadMe,
  makeDefault,
  changeRelation,
  unlink: unlinkPatient,
  begin: beginEnrolment,
  leave: () => backOr(routes.patients),
  showCode,
  openPersonalData: (patientId) => openProtected('personal-data', { patientId }),
}

export function usePatientDetail(parts: DetailParts = live) {
  const me = shallowRef<MeView>()
  const problem = shallowRef<ApiError>()
  const refusal = shallowRef<ApiError>()
  const saved = ref('')
  const busy = ref(false)
  const confirming = ref(false)
  const { openFailed, open } = useOpening()
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
    openFailed,
    patient,
    face: computed(() => patient.value && cardFace(patient.value, me.value?.hospital.name ?? '')),
    action: computed(() => (patient.value ? cardAction(patient.value) : '')),
    arrive,
    load,
    setRelation,
    unlink,
    setDefault: () => change(() => parts.makeDefault(id), texts.madeDefault),
    showCode: () => open(async () => (patient.value ? parts.showCode(patient.value) : false)),
    openPersonalData: () => open(() => parts.openPersonalData(id)),
    claimLater: () => parts.begin({ intent: 'upgrade', patientId: id }),
  }
}
