import { computed, shallowRef } from 'vue'
import type { MeView, PatientView } from '../../api/types.ts'
import { cardAction, cardState } from '../../components/card-face.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../../flow/flow-storage.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'
import { cardTexts } from '../../texts/common.ts'
import { patientsTexts as texts } from '../../texts/patients.ts'
import { showCode } from '../card-code/show-code.ts'
import { useOpening } from '../home/use-opening.ts'

export type ListParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly openPatient: (id: string) => Promise<boolean>
  readonly openConsent: () => Promise<boolean>
  readonly showCode: (patient: PatientView) => Promise<boolean>
}
const live: ListParts = {
  loadMe,
  begin: beginEnrolment,
  openPatient: (id) => openPage(routes.patient, { id }),
  openConsent: () => openPage(routes.consent),
  showCode,
}

export function usePatientList(parts: ListParts = live) {
  const me = shallowRef<MeView>()
  const problem = shallowRef<ApiError>()
  const { opening, openFailed, open } = useOpening()

  async function refresh(): Promise<void> {
    const result = await parts.loadMe()
    if (result.ok) me.value = result.data
    problem.value = result.ok ? undefined : result.error
  }

  const patients = computed(() => me.value?.patients ?? [])

  async function showCodeOf(id: string): Promise<boolean> {
    const patient = patients.value.find((one) => one.id === id)
    return patient ? parts.showCode(patient) : false
  }

  return {
    me,
    problem,
    opening,
    openFailed,
    refresh,
    patients,
    full: computed(() => me.value !== undefined && patients.value.length >= me.value.maxPatients),
    rows: computed(() => patients.value.map(rowOf)),
    add: () => open(() => parts.begin({ intent: patients.value.length === 0 ? 'register' : 'add-patient' })),
    openPatient: (id: string) => open(() => parts.openPatient(id)),
    openConsent: () => open(parts.openConsent),
    showCode: (id: string) => open(() => showCodeOf(id)),
  }
}

function rowOf(patient: PatientView) {
  return {
    id: patient.id,
    name: patient.name,
    what: [patient.relation, patient.isDefault ? cardTexts.defaultPatient : ''].filter(Boolean).join(' · '),
    document: `${patient.idType} ${patient.idNumber}`,
    verified: patient.verified,
    verifiedText: patient.verified ? cardTexts.verified : cardTexts.unverified,
    card: cardState(patient),
    action: cardAction(patient),
    actionLabel: texts.codeOf(cardAction(patient), patient.name),
  }
}
