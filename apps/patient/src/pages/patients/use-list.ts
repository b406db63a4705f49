import { computed, ref, shallowRef } from 'vue'
import type { MeView, PatientView } from '../../api/types.ts'
import { cardState } from '../../components/card-face.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../../flow/flow-storage.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'
import { cardTexts } from '../../texts/common.ts'

export type ListParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly openPatient: (id: string) => Promise<boolean>
  readonly openConsent: () => Promise<boolean>
}
const live: ListParts = {
  loadMe,
  begin: beginEnrolment,
  openPatient: (id) => openPage(routes.patient, { id }),
  openConsent: () => openPage(routes.consent),
}

export function usePatientList(parts: ListParts = live) {
  const me = shallowRef<MeView>()
  const problem = shallowRef<ApiError>()
  const opening = ref(false)

  async function refresh(): Promise<void> {
    const result = await parts.loadMe()
    if (result.ok) me.value = result.data
    problem.value = result.ok ? undefined : result.error
  }

  // A second tap while the page is on its way would open it twice.
  async function open(go: () => Promise<boolean>): Promise<void> {
    if (opening.value) return
    opening.value = true
    await go()
    opening.value = false
  }

  const patients = computed(() => me.value?.patients ?? [])
  return {
    me,
    problem,
    opening,
    refresh,
    patients,
    full: computed(() => me.value !== undefined && patients.value.length >= me.value.maxPatients),
    rows: computed(() => patients.value.map(rowOf)),
    add: () => open(() => parts.begin({ intent: patients.value.length === 0 ? 'register' : 'add-patient' })),
    openPatient: (id: string) => open(() => parts.openPatient(id)),
    openConsent: () => open(parts.openConsent),
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
  }
}
