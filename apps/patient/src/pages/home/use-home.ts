import { computed, ref, shallowRef } from 'vue'
import type { MeView } from '../../api/types.ts'
import { cardFace } from '../../components/card-face.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../../flow/flow-storage.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { hospitalNow, loadMe } from '../../session/me.ts'
import { commonTexts } from '../../texts/common.ts'
import { homeTexts } from '../../texts/home.ts'

export type HomeParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly openPatients: () => Promise<boolean>
}
const live: HomeParts = { loadMe, begin: beginEnrolment, openPatients: () => openPage(routes.patients) }

export function useHome(parts: HomeParts = live) {
  const me = shallowRef<MeView>()
  const error = shallowRef<ApiError>()
  const openFailed = ref(false)
  const opening = ref(false)

  async function refresh(): Promise<void> {
    const result = await parts.loadMe()
    if (result.ok) {
      me.value = result.data
      error.value = undefined
    } else {
      error.value = result.error
    }
  }

  async function open(go: () => Promise<boolean>): Promise<void> {
    // A second tap while the page is on its way would open it twice.
    if (opening.value) return
    opening.value = true
    openFailed.value = false
    openFailed.value = !(await go())
    opening.value = false
  }

  const current = computed(() => me.value?.patients.find((one) => one.isDefault) ?? me.value?.patients[0])
  const full = computed(() => me.value !== undefined && me.value.patients.length >= me.value.maxPatients)

  return {
    me,
    error,
    opening,
    openFailed,
    refresh,
    current,
    face: computed(() => current.value && cardFace(current.value, me.value?.hospital.name ?? '')),
    /** The health card did not come about: it is offered again, in one tap. */
    offersCard: computed(() => current.value !== undefined && current.value.card !== 'linked'),
    mayAdd: computed(() => !full.value),
    title: computed(() => me.value?.hospital.name ?? hospitalNow()?.name ?? commonTexts.appName),
    phone: computed(() => me.value?.hospital.phone ?? hospitalNow()?.phone ?? ''),
    phoneLine: computed(() => commonTexts.phonePrefix + (me.value?.hospital.phone ?? '')),
    patientsLine: computed(() =>
      homeTexts.patientsWhat(me.value?.patients.length ?? 0, me.value?.maxPatients ?? 0),
    ),
    claim: () => open(() => parts.begin({ intent: 'register' })),
    addPatient: () => open(() => parts.begin({ intent: 'add-patient' })),
    claimLater: () => open(() => parts.begin({ intent: 'upgrade', patientId: current.value?.id ?? '' })),
    showPatients: () => open(parts.openPatients),
  }
}
